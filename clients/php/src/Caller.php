<?php

declare(strict_types=1);

namespace VaultMock;

/**
 * Calls to the mock's own API.
 *
 * @internal
 */
final class Caller
{
    private const LIMIT_S = 60; // an answer takes milliseconds: only a mock that hangs is given up after that

    public readonly string $url;

    /** @param (\Closure(): string)|null $howItEnded of a program that was started; nothing while it runs */
    public function __construct(string $url, private readonly ?string $adminToken, private readonly ?\Closure $howItEnded = null)
    {
        $this->url = rtrim($url, '/');
        if (! preg_match('~^https?://[^/?#]+$~', $this->url)) {
            throw new VaultMockError("'$url' is not the address of a mock, as http://127.0.0.1:4010; space() gives one of its spaces");
        }
    }

    /**
     * @param array<string, mixed> $query what is null is left out
     * @param string|array<mixed>|null $shape of the answer
     * @return array<string, mixed>|null the JSON of the answer; null where it has none
     */
    public function call(string $method, string $path, mixed $body = null, array $query = [], string|array|null $shape = null): ?array
    {
        $words = http_build_query($query, '', '&', PHP_QUERY_RFC3986);
        $stream = $this->open($method, $path.($words === '' ? '' : "?$words"), $body);
        try {
            $answer = $this->read($stream, self::statusOf($stream));
        } finally {
            fclose($stream);
        }

        return $shape === null ? $answer : $this->checked($answer, $shape, "$method $path");
    }

    /** @param string|array<mixed> $shape */
    public function checked(mixed $value, string|array $shape, string $what): mixed
    {
        return self::fits($value, $shape)
            ? $value
            : throw $this->other("what it answers to $what is not what a mock of this version answers");
    }

    /**
     * An answer that goes on.
     *
     * @return resource
     */
    public function stream(string $path, string $header)
    {
        // In HTTP/1.0, for PHP reads on in an answer in chunks until it has 8 KB.
        $stream = $this->open('GET', $path, null, [$header], 1.0);
        $status = self::statusOf($stream);
        if ($status === 200) {
            return $stream;
        }
        $this->read($stream, $status);
        throw $this->other("GET $path answers $status", $status);
    }

    /**
     * @param list<string> $headers
     * @return resource
     */
    private function open(string $method, string $path, mixed $body, array $headers = [], float $version = 1.1)
    {
        $http = [
            'method' => $method, 'protocol_version' => $version, 'ignore_errors' => true, 'follow_location' => 0, 'timeout' => self::LIMIT_S,
            'header' => ['connection: close', ...$headers],
        ];
        if ($this->adminToken !== null) {
            $http['header'][] = "x-mock-admin-token: $this->adminToken";
        }
        if ($body !== null) {
            $http['header'][] = 'content-type: application/json';
            $http['content'] = json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION);
        }
        // It warns where it fails; which of the warnings is the reason, only the handler is told.
        $why = '';
        set_error_handler(function (int $level, string $said) use (&$why): bool {
            $why = $why ?: preg_replace('/^.*: /', '', $said);

            return true;
        });
        try {
            $stream = fopen($this->url.$path, 'r', false, stream_context_create(['http' => $http]));
        } finally {
            restore_error_handler();
        }

        return $stream ?: throw $this->unreachable($why);
    }

    /** @param resource $stream */
    private static function statusOf($stream): int
    {
        $lines = stream_get_meta_data($stream)['wrapper_data'] ?? [];

        return (int) (explode(' ', $lines[0] ?? '')[1] ?? 0);
    }

    /**
     * @param resource $stream
     * @return array<string, mixed>|null
     */
    private function read($stream, int $status): ?array
    {
        $text = (string) stream_get_contents($stream);
        if ($status === 0 || self::isShort($stream, $text)) {
            throw $this->unreachable($status === 0 ? 'the connection broke' : 'its answer broke off');
        }
        if ($status === 204) {
            return null;
        }
        $answer = json_decode($text, true);
        if (! is_array($answer) || ($answer !== [] && array_is_list($answer))) {
            throw $this->other('its answer is not JSON', $status);
        }
        if ($status >= 300) {
            throw $status >= 400 && is_string($answer['error'] ?? null)
                ? VaultMockError::of($status, $answer)
                : $this->other("it answers $status, without an error in words", $status);
        }

        return $answer;
    }

    /**
     * PHP gives what came before a connection broke, as if it were the whole answer.
     *
     * @param resource $stream
     */
    private static function isShort($stream, string $text): bool
    {
        foreach (stream_get_meta_data($stream)['wrapper_data'] ?? [] as $line) {
            if (preg_match('/^content-length: *(\d+)/i', $line, $length)) {
                return strlen($text) < (int) $length[1];
            }
        }

        return false;
    }

    private function unreachable(string $why): VaultMockError
    {
        $ended = $this->howItEnded === null ? '' : ($this->howItEnded)();

        return new VaultMockError(
            "No mock answers at $this->url".($ended === '' ? " ($why): is it running, and is this its address?" : ": $ended")
        );
    }

    private function other(string $why, int $status = 0): VaultMockError
    {
        return new VaultMockError("What answers at $this->url is not vault-mock: $why", $status);
    }

    /** A shape is a type, ['key' => shape] of the keys that must be there, or [shape] of each item of a list. */
    private static function fits(mixed $value, string|array $shape): bool
    {
        if (is_string($shape)) {
            return $shape === 'mixed' || get_debug_type($value) === $shape;
        }
        if (! is_array($value)) {
            return false;
        }
        if (array_is_list($shape)) {
            return array_is_list($value) && array_filter($value, fn ($one) => ! self::fits($one, $shape[0])) === [];
        }

        return array_filter($shape, fn ($one, $key) => ! (isset($value[$key]) && self::fits($value[$key], $one)), ARRAY_FILTER_USE_BOTH) === [];
    }
}

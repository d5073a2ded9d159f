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

    public function __construct(string $url, private readonly ?string $adminToken)
    {
        $this->url = rtrim($url, '/');
        if (! preg_match('~^https?://[^/?#]+$~', $this->url)) {
            throw new VaultMockError("'$url' is not the address of a mock, as http://127.0.0.1:4010; space() gives one of its spaces");
        }
    }

    /**
     * @param array<string, mixed> $query what is null is left out
     * @return array<string, mixed>|null the JSON of the answer; null where it has none
     */
    public function call(string $method, string $path, mixed $body = null, array $query = []): ?array
    {
        $words = http_build_query($query, '', '&', PHP_QUERY_RFC3986);
        $stream = $this->open($method, $path.($words === '' ? '' : "?$words"), $body);
        try {
            return $this->read($stream, self::statusOf($stream));
        } finally {
            fclose($stream);
        }
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
        if ($status !== 200) {
            $this->read($stream, $status);
        }

        return $stream;
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

        return $stream ?: throw new VaultMockError("No mock answers at $this->url ($why): is it running, and is this its address?");
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
        $text = stream_get_contents($stream);
        if ($text === '' && $status < 300) {
            return null;
        }
        $answer = json_decode((string) $text, true);
        if (! is_array($answer)) {
            throw new VaultMockError("What answers at $this->url is not vault-mock: its answer is not JSON", $status);
        }
        if ($status >= 400) {
            throw new VaultMockError(rtrim($answer['text'] ?? $answer['error'] ?? ''), $status, $answer['mistakes'] ?? []);
        }

        return $answer;
    }
}

<?php

declare(strict_types=1);

namespace VaultMock;

/**
 * The feed: requests as they come, by server-sent events. When the connection breaks it goes on behind the last request.
 *
 * @internal
 */
final class Feed
{
    private const GIVE_UP_S = 5; // how long a mock may be away
    private const PAUSE_US = 100_000;

    /** @var \Closure|null */
    private readonly ?\Closure $onMissed;

    public function __construct(private readonly Caller $caller, private readonly string $path, private int $last, ?callable $onMissed)
    {
        $this->onMissed = $onMissed === null ? null : $onMissed(...);
    }

    /** @return \Generator<int, array<string, mixed>> */
    public function requests(): \Generator
    {
        // A pause comes before each further connection: one that breaks at once is not made again without end and rest.
        for (; ; usleep(self::PAUSE_US)) {
            foreach (self::events($this->open()) as ['event' => $event, 'id' => $id, 'data' => $data]) {
                $this->last = $id === '' ? $this->last : $this->caller->checked(json_decode($id), 'int', $this->path);
                if ($event === 'request') {
                    yield $this->last => $this->parsed($data, ['id' => 'string', 'sequence' => 'int']);
                }
                if ($event === 'missed') {
                    $this->tell($this->parsed($data, ['count' => 'int', 'by_status' => 'array']));
                }
            }
        }
    }

    /**
     * @param array<string, string> $shape
     * @return array<string, mixed>
     */
    private function parsed(string $data, array $shape): array
    {
        return $this->caller->checked(json_decode($data, true), $shape, $this->path);
    }

    /** @return resource */
    private function open()
    {
        for ($end = hrtime(true) + self::GIVE_UP_S * 1_000_000_000; ; usleep(self::PAUSE_US)) {
            try {
                return $this->caller->stream($this->path, "last-event-id: $this->last");
            } catch (VaultMockError $error) {
                if ($error->status !== 0 || hrtime(true) > $end) {
                    throw $error;
                }
            }
        }
    }

    /**
     * Those of one connection, until it breaks.
     *
     * @param resource $stream
     * @return \Generator<int, array{event: string, id: string, data: string}>
     */
    private static function events($stream): \Generator
    {
        $nothing = $event = ['event' => '', 'id' => '', 'data' => ''];
        while (($line = fgets($stream)) !== false) {
            $line = rtrim($line, "\r\n");
            if ($line === '') {
                if ($event['data'] !== '') {
                    yield $event;
                }
                $event = $nothing;
            } else {
                [$field, $value] = explode(':', $line, 2) + [1 => ''];
                $event[$field] = ltrim($value);
            }
        }
        fclose($stream);
    }

    /** @param array{count: int, by_status: array<string, int>} $missed */
    private function tell(array $missed): void
    {
        if ($this->onMissed === null) {
            throw new VaultMockError(
                "live() missed {$missed['count']} requests, more than it may show: pass perSecond (100, up to 1000) or onMissed"
            );
        }
        ($this->onMissed)($missed);
    }
}

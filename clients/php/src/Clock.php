<?php

declare(strict_types=1);

namespace VaultMock;

/** The time of a space. Each call gives the clock as it then is: now, frozen, offset. */
final class Clock extends AdminResource
{
    private const SHAPE = ['now' => 'string', 'frozen' => 'bool', 'offset' => 'string'];

    /** @return array{now: string, frozen: bool, offset: string} */
    public function get(): array
    {
        return $this->call('GET', '/clock', null, [], self::SHAPE);
    }

    /**
     * It stands still at this time: '2027-01-01T00:00:00Z'.
     *
     * @return array{now: string, frozen: bool, offset: string}
     */
    public function freeze(string|\DateTimeInterface $at): array
    {
        return $this->call('PUT', '/clock', ['freeze' => self::textOf($at)], [], self::SHAPE);
    }

    /**
     * It jumps: '61m', '-1h'.
     *
     * @return array{now: string, frozen: bool, offset: string}
     */
    public function advance(string $duration): array
    {
        return $this->call('PUT', '/clock', ['advance' => $duration], [], self::SHAPE);
    }

    /**
     * It runs, so far from real time.
     *
     * @return array{now: string, frozen: bool, offset: string}
     */
    public function offset(string $duration): array
    {
        return $this->call('PUT', '/clock', ['offset' => $duration], [], self::SHAPE);
    }

    /**
     * It runs with real time again.
     *
     * @return array{now: string, frozen: bool, offset: string}
     */
    public function resume(): array
    {
        return $this->call('PUT', '/clock', ['resume' => true], [], self::SHAPE);
    }

    /** @internal */
    public static function textOf(string|\DateTimeInterface $time): string
    {
        return is_string($time) ? $time : $time->format('Y-m-d\TH:i:s.vP');
    }
}

<?php

declare(strict_types=1);

namespace VaultMock;

/** The sessions that were handed out: token, state (active, expired or revoked), issued, expires, claims. */
final class Sessions extends AdminResource
{
    private const SHAPE = ['token' => 'string', 'state' => 'string'];

    /** @return array<string, mixed> */
    public function get(string $token): array
    {
        return $this->call('GET', '/sessions/'.rawurlencode($token), null, [], self::SHAPE);
    }

    /** @return list<array<string, mixed>> newest first */
    public function list(): array
    {
        return $this->pages('/sessions', ['sessions'], self::SHAPE);
    }

    /**
     * As if its time had run out.
     *
     * @return array<string, mixed>
     */
    public function expire(string $token): array
    {
        return $this->call('PATCH', '/sessions/'.rawurlencode($token), ['state' => 'expired'], [], self::SHAPE);
    }

    public function revoke(string $token): void
    {
        $this->call('DELETE', '/sessions/'.rawurlencode($token));
    }
}

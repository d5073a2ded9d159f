<?php

declare(strict_types=1);

namespace VaultMock;

final class Connections extends AdminResource
{
    private const SHAPE = ['id' => 'string', 'state' => 'string'];

    /** @return list<array<string, mixed>> the consumer's connections to all connectors */
    public function list(string $consumerId, ?string $applicationId = null): array
    {
        $query = ['consumer_id' => $consumerId, 'application_id' => $applicationId];

        return $this->call('GET', '/connections', null, $query, ['connections' => [self::SHAPE]])['connections'];
    }

    /**
     * Puts one into a state, without the way that leads there. A consumer whom the mock does not know needs an application.
     *
     * @return array<string, mixed>
     */
    public function set(string $consumerId, string $unifiedApi, string $serviceId, string $state, ?string $applicationId = null): array
    {
        $path = '/connections/'.rawurlencode($unifiedApi).'/'.rawurlencode($serviceId);

        return $this->call('PUT', $path, ['state' => $state], ['consumer_id' => $consumerId, 'application_id' => $applicationId], self::SHAPE);
    }
}

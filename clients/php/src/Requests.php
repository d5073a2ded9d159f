<?php

declare(strict_types=1);

namespace VaultMock;

/** The journal. */
final class Requests extends AdminResource
{
    private const SHAPE = ['id' => 'string', 'sequence' => 'int'];

    /**
     * @param int|string|null $status one, or a class: '4xx'
     * @param string|null $kind what decided: operation, rule, prefer, magic, contract, …
     * @param string|null $since a time, or the id of a request
     * @return list<array<string, mixed>> newest first
     */
    public function list(
        int|string|null $status = null,
        ?string $consumerId = null,
        ?string $operation = null,
        ?string $rule = null,
        ?string $kind = null,
        ?string $method = null,
        ?string $text = null,
        ?string $since = null,
        ?int $limit = null,
    ): array {
        return $this->pages('/requests', ['requests'], self::SHAPE, [
            'status' => $status, 'consumer_id' => $consumerId, 'operation' => $operation, 'rule' => $rule,
            'kind' => $kind, 'method' => $method,
            'text' => $text, 'since' => $since, 'limit' => $limit,
        ]);
    }

    /**
     * With its whole trace. The id is the answer's header x-apideck-request-id.
     *
     * @return array<string, mixed>
     */
    public function get(string $id): array
    {
        return $this->call('GET', '/requests/'.rawurlencode($id), null, [], self::SHAPE + ['sentence' => 'string', 'trace' => 'array']);
    }

    /**
     * What decided the answer, in a sentence and step by step. Without an id, of the latest request.
     *
     * @return array{sentence: string, trace: array<string, mixed>}
     */
    public function why(?string $id = null): array
    {
        $id ??= $this->list(limit: 1)[0]['id'] ?? throw new VaultMockError('There was no request in this space yet');
        ['sentence' => $sentence, 'trace' => $trace] = $this->get($id);

        return ['sentence' => $sentence, 'trace' => $trace];
    }

    /**
     * Those that come from now on, or behind the sequence $after (0: all), as they come.
     *
     * Requests that the mock only counts, because too many came at once (more than $perSecond, 100) or they had left its
     * journal, go to $onMissed; without it they are an error.
     *
     * @param (callable(array{count: int, by_status: array<string, int>}): void)|null $onMissed
     * @return \Iterator<int, array<string, mixed>> by sequence
     */
    public function live(?int $after = null, ?int $perSecond = null, ?callable $onMissed = null): \Iterator
    {
        $after ??= $this->call('GET', '/requests', null, ['summary' => 1, 'limit' => 1], ['requests' => [self::SHAPE]])['requests'][0]['sequence'] ?? 0;
        $words = $perSecond === null ? '' : "?per_second=$perSecond";

        return (new Feed($this->caller, "$this->prefix/events$words", $after, $onMissed))->requests();
    }

    public function clear(): void
    {
        $this->call('DELETE', '/requests');
    }
}

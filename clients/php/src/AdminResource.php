<?php

declare(strict_types=1);

namespace VaultMock;

/**
 * A resource of the mock's own API, in a space.
 *
 * @internal
 */
abstract class AdminResource
{
    private const LONGEST_PAGE = 1000;

    /** @param string $prefix the path of the API in the space */
    public function __construct(protected readonly Caller $caller, protected readonly string $prefix)
    {
    }

    /**
     * @param array<string, mixed> $query
     * @param string|array<mixed>|null $shape
     * @return array<string, mixed>|null
     */
    protected function call(string $method, string $path, mixed $body = null, array $query = [], string|array|null $shape = null): ?array
    {
        return $this->caller->call($method, $this->prefix.$path, $body, $query, $shape);
    }

    /**
     * All that there is, page by page; with a `limit` in the query at most so many.
     *
     * @param list<string> $keys of the lists on a page
     * @param array<string, string> $shape of each item
     * @param array<string, mixed> $query
     * @return list<array<string, mixed>>
     */
    protected function pages(string $path, array $keys, array $shape, array $query = []): array
    {
        $items = [];
        $limit = $query['limit'] ?? PHP_INT_MAX;
        do {
            $query['limit'] = min($limit - count($items), self::LONGEST_PAGE);
            $page = $this->call('GET', $path, null, $query, array_fill_keys($keys, [$shape]));
            foreach ($keys as $key) {
                array_push($items, ...$page[$key]);
            }
            $query['cursor'] = $page['next'] ?? null;
        } while ($query['cursor'] !== null && count($items) < $limit);

        return $items;
    }
}

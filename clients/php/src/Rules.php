<?php

declare(strict_types=1);

namespace VaultMock;

/** Rules as in rule files (fixtures/README.md). */
final class Rules extends AdminResource
{
    private const SHAPE = ['id' => 'string', 'label' => 'string'];

    /** @return list<array<string, mixed>> those that were added, newest first, then those of files */
    public function list(): array
    {
        return $this->pages('/rules', ['added', 'files'], self::SHAPE);
    }

    /**
     * In front of all others.
     *
     * @param array<string, mixed> $rule
     */
    public function add(array $rule): AddedRule
    {
        ['id' => $id, 'label' => $label] = $this->call('POST', '/rules', $rule, [], self::SHAPE);

        return new AddedRule($this, $id, $label);
    }

    /** @return array<string, mixed> the rule as it is now */
    public function get(string $id): array
    {
        return $this->call('GET', '/rules/'.rawurlencode($id), null, [], self::SHAPE);
    }

    /**
     * Switches one on or off, or lets it end, in this space. What is left out stays as it is.
     *
     * @return array<string, mixed>
     */
    public function patch(string $id, ?bool $enabled = null, ?string $endsIn = null, ?string $endsAt = null): array
    {
        $change = ['enabled' => $enabled, 'ends_in' => $endsIn, 'ends_at' => $endsAt];

        return $this->call('PATCH', '/rules/'.rawurlencode($id), array_filter($change, fn ($value) => $value !== null), [], self::SHAPE);
    }

    public function remove(string $id): void
    {
        $this->call('DELETE', '/rules/'.rawurlencode($id));
    }

    /**
     * Whether it could be added, and whether it would match the request of this id. Nothing is added.
     *
     * @param array<string, mixed> $rule
     * @return array<string, mixed>
     */
    public function check(array $rule, ?string $request = null): array
    {
        return $this->call('POST', '/rules', $rule, ['check' => 1, 'request' => $request], ['valid' => 'bool', 'mistakes' => 'array']);
    }
}

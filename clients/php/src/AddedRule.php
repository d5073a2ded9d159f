<?php

declare(strict_types=1);

namespace VaultMock;

/** A rule that was added at run time. */
final class AddedRule
{
    /** @internal */
    public function __construct(private readonly Rules $rules, public readonly string $id, public readonly string $label)
    {
    }

    /** @return array<string, mixed> the rule as it is now: hits, last_hit, remaining */
    public function get(): array
    {
        return $this->rules->get($this->id);
    }

    public function remove(): void
    {
        $this->rules->remove($this->id);
    }
}

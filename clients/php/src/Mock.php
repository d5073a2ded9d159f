<?php

declare(strict_types=1);

namespace VaultMock;

/** A mock that runs: one that start() started, or one that connect() found. */
final class Mock
{
    public readonly string $url;

    /** @internal */
    public function __construct(private readonly Caller $caller, private readonly ?Program $program)
    {
        $this->url = $caller->url;
    }

    /** A world of its own, made on first use. A name has 1 to 200 characters, of any kind. */
    public function space(string $name = 'default'): Space
    {
        return $name === ''
            ? throw new VaultMockError('A space needs a name: space() is the default one')
            : new Space($this->caller, $name);
    }

    /** Ends the program that start() started. Another's runs on. */
    public function stop(): void
    {
        $this->program?->stop();
    }
}

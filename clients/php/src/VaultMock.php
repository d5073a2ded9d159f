<?php

declare(strict_types=1);

namespace VaultMock;

/** Where to begin: VaultMock::start(), or VaultMock::connect($url). */
final class VaultMock
{
    /**
     * Starts the program, on a free port. It ends with stop(), and with this process, however that one ends.
     *
     * @param string|list<string> $rules rule files, or folders of them
     * @param bool $strict suspicious input is a 422
     * @param int|null $seed of everything random
     * @param string|\DateTimeInterface|null $now the clock stands still there
     * @param list<string> $arguments more options of the command line
     * @param array<string, string> $env
     */
    public static function start(
        string|array $rules = [],
        bool $strict = false,
        ?int $seed = null,
        string|\DateTimeInterface|null $now = null,
        int $port = 0,
        ?string $adminToken = null,
        array $arguments = [],
        array $env = [],
    ): Mock {
        $words = [
            '--port', (string) $port,
            ...($strict ? ['--strict'] : []),
            ...($seed === null ? [] : ['--seed', (string) $seed]),
            ...($now === null ? [] : ['--now', Clock::textOf($now)]),
        ];
        if ($adminToken !== null) {
            $env['VAULT_MOCK_ADMIN_TOKEN'] = $adminToken;
        }
        $program = new Program([...$words, ...$arguments, ...(array) $rules], $env);

        return new Mock(new Caller($program->url, $env['VAULT_MOCK_ADMIN_TOKEN'] ?? self::adminToken(), $program->howItEnded(...)), $program);
    }

    /** A mock that runs already, as in a container. The token is that of its --admin-token, or VAULT_MOCK_ADMIN_TOKEN. */
    public static function connect(string $url, ?string $adminToken = null): Mock
    {
        $caller = new Caller($url, $adminToken ?? self::adminToken());
        try {
            $caller->call('GET', '/_mock/health', null, [], ['rules' => 'mixed']);
        } catch (VaultMockError $error) {
            throw $error->status === 0
                ? $error
                : new VaultMockError("What answers at $caller->url is not vault-mock: it knows no /_mock/health", $error->status);
        }

        return new Mock($caller, null);
    }

    private static function adminToken(): ?string
    {
        return getenv('VAULT_MOCK_ADMIN_TOKEN') ?: null;
    }
}

<?php

declare(strict_types=1);

namespace VaultMock\PHPUnit;

use VaultMock\Mock;
use VaultMock\VaultMock;

/**
 * The mocks of this process: one for each set of options. They end with it.
 *
 * @internal
 */
final class RunningMock
{
    /** @var array<string, Mock> */
    private static array $mocks = [];

    /** @param array<string, mixed> $options of VaultMock::start() */
    public static function with(array $options): Mock
    {
        $url = self::sharedUrl();

        return self::$mocks[$url ?? serialize($options)] ??= $url === null ? VaultMock::start(...$options) : VaultMock::connect($url);
    }

    /** The mock of VAULT_MOCK_URL, which others may use at the same time. */
    public static function sharedUrl(): ?string
    {
        return getenv('VAULT_MOCK_URL') ?: null;
    }
}

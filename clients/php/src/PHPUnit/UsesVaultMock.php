<?php

declare(strict_types=1);

namespace VaultMock\PHPUnit;

use PHPUnit\Framework\Attributes\After;
use PHPUnit\Framework\Attributes\Before;
use VaultMock\Space;
use VaultMock\VaultMockError;

/**
 * For a test case: $this->vault is a space for each test, named after it and forgotten after it. It is there before setUp().
 * The requests of a test that failed are printed on standard error. PHPUnit 9.6 to 12.
 */
trait UsesVaultMock
{
    protected Space $vault;

    /**
     * Options of VaultMock::start() for the mock: ['rules' => 'rules/', 'strict' => true]. With VAULT_MOCK_URL it is the one
     * that runs there, with that one's options.
     *
     * @return array<string, mixed>
     */
    protected static function vaultMockOptions(): array
    {
        return [];
    }

    /**
     * @before
     *
     * @internal
     */
    #[Before]
    public function beginVaultSpace(): void
    {
        $test = method_exists($this, 'nameWithDataSet') ? $this->nameWithDataSet() : $this->getName();
        $this->vault = RunningMock::with(static::vaultMockOptions())->space(self::vaultSpaceName(static::class."::$test"));
    }

    /**
     * @after
     *
     * @internal
     */
    #[After]
    public function endVaultSpace(): void
    {
        if (! isset($this->vault)) {
            return; // there is no mock, and the test has failed for that
        }
        $this->addToAssertionCount($this->vault->verified);
        $hasFailed = method_exists($this, 'hasFailed') ? $this->hasFailed() : $this->status()->isFailure() || $this->status()->isError();
        if ($hasFailed) {
            fwrite(STDERR, "\nvault-mock, space '{$this->vault->name}': ".self::vaultJournal($this->vault)."\n");
        }
        try {
            $this->vault->forget();
        } catch (VaultMockError $error) {
            // A test that failed has said so; a mock that is gone has no spaces.
            if (! $hasFailed && $error->status !== 0) {
                throw $error;
            }
        }
    }

    private static function vaultSpaceName(string $test): string
    {
        $suffix = RunningMock::sharedUrl() === null ? '' : ' #'.bin2hex(random_bytes(4));
        $room = 200 - strlen($suffix);
        if (strlen($test) > $room || ! preg_match('/^\P{Cc}+$/u', $test)) {
            $mark = ' …'.substr(sha1($test), 0, 8); // two such names may begin alike
            $test = preg_replace('/[^ -~]/', '?', substr($test, 0, $room - strlen($mark))).$mark;
        }

        return $test.$suffix;
    }

    private static function vaultJournal(Space $vault): string
    {
        try {
            $requests = array_reverse($vault->requests->list(limit: 50));
        } catch (VaultMockError $error) {
            return 'there is no journal: '.$error->getMessage();
        }
        $lines = array_map(fn (array $one) => "\n  {$one['method']} {$one['path']} {$one['status']}: {$one['sentence']}", $requests);

        return $lines === [] ? 'no request came' : implode('', $lines);
    }
}

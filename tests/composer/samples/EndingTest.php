<?php

use PHPUnit\Framework\TestCase;
use VaultMock\PHPUnit\RunningMock;
use VaultMock\PHPUnit\UsesVaultMock;
use VaultMock\VaultMock;

/** Tests whose mock is gone, or refuses to forget their space. */
final class EndingTest extends TestCase
{
    use UsesVaultMock;

    private function takeAMockThatRefuses(): void
    {
        $url = RunningMock::with(['adminToken' => 's3cret'])->url;
        $this->vault = VaultMock::connect($url, 'another')->space('a');
    }

    public function test_refused(): void
    {
        $this->takeAMockThatRefuses();
        $this->assertTrue(true);
    }

    public function test_refused_and_failed(): void
    {
        $this->takeAMockThatRefuses();
        $this->fail('the code under test is wrong');
    }

    public function test_gone(): void
    {
        RunningMock::with([])->stop();
        $this->vault->clock->get();
    }
}

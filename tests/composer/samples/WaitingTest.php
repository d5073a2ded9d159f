<?php

use PHPUnit\Framework\TestCase;
use VaultMock\PHPUnit\UsesVaultMock;

/** Tells in the file TOLD where its mock is, and waits to be killed. */
final class WaitingTest extends TestCase
{
    use UsesVaultMock;

    public function test_waits(): void
    {
        file_put_contents(getenv('TOLD'), explode('/@', $this->vault->url)[0]."\n");
        fgets(STDIN); // never comes
    }
}

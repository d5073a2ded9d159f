<?php

use PHPUnit\Framework\TestCase;
use VaultMock\PHPUnit\UsesVaultMock;

/** Tests that fail, for what is then shown. */
final class FailingTest extends TestCase
{
    use UsesVaultMock;

    private function createSession(string $consumer): void
    {
        $http = ['method' => 'POST', 'header' => ['authorization: Bearer k', 'x-apideck-app-id: app', "x-apideck-consumer-id: $consumer"]];
        file_get_contents("{$this->vault->url}/vault/sessions", false, stream_context_create(['http' => $http]));
    }

    public function test_verify(): void
    {
        $this->createSession('acne');
        $this->vault->verify(['consumer_id' => 'acme'], times: 1);
    }

    public function test_misspelt(): void
    {
        $this->vault->when(['consmer_id' => 'acme'])->error(402)->once();
    }

    public function test_code(): void
    {
        $this->vault->when(['consumer_id' => 'acme'])->respond(200, body: ['a' => 1])->named('another answer')->once();
        $this->createSession('acme');
        $this->assertTrue(false, 'the code under test is wrong');
    }

    public function test_passing(): void
    {
        $this->createSession('quiet');
        $this->vault->verify(['consumer_id' => 'quiet']); // counts as an assertion
    }
}

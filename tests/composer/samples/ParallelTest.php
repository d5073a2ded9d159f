<?php

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use VaultMock\PHPUnit\UsesVaultMock;

/** Fifty tests that would disturb each other if they shared anything: each has the same consumer and an answer of its own. */
final class ParallelTest extends TestCase
{
    use UsesVaultMock;

    public static function numbers(): array
    {
        return array_map(fn (int $number) => [$number], range(0, 49));
    }

    /** @dataProvider numbers */
    #[DataProvider('numbers')]
    public function test_only_its_own_rules_and_requests(int $number): void
    {
        $this->assertStringStartsWith("ParallelTest::test_only_its_own_rules_and_requests with data set #$number", $this->vault->name);
        $this->vault->when(['consumer_id' => 'acme'])->respond(body: ['number' => $number])->times(3);
        $http = ['method' => 'POST', 'header' => ['authorization: Bearer k', 'x-apideck-app-id: app', 'x-apideck-consumer-id: acme']];
        for ($i = 0; $i < 3; $i++) {
            $answer = file_get_contents("{$this->vault->url}/vault/sessions", false, stream_context_create(['http' => $http]));
            $this->assertSame(['number' => $number], json_decode($answer, true));
        }
        $this->vault->verify(['consumer_id' => 'acme'], times: 3);
        $this->assertCount(3, $this->vault->requests->list());
    }
}

<?php

namespace Suite;

use PHPUnit\Framework\Attributes\DataProvider;
use VaultMock\VaultMock;
use VaultMock\VerificationError;

final class SpaceTest extends SuiteTestCase
{
    public function test_any_name_is_a_space_that_shares_nothing(): void
    {
        $this->vault->when(['consumer_id' => 'acme'])->error(402)->always();
        $other = VaultMock::connect(explode('/@', $this->vault->url)[0])->space('a/b?c=%41#é [1]');
        $this->assertSame([402, 200], [$this->ask()['status'], $this->ask(base: $other->url)['status']]);
        $this->assertSame('a/b?c=%41#é [1]', $other->requests->list()[0]['space']);
        $other->forget();
        $this->assertSame([], $other->requests->list());
    }

    public static function names(): array
    {
        return ['é' => ['acme'], str_repeat('a', 300).'b' => ['acme'], str_repeat('a', 300).'c' => ['acme'], "a\n\xff" => ['acme']];
    }

    /** @dataProvider names */
    #[DataProvider('names')]
    public function test_every_test_has_a_name_for_its_space(string $consumer): void
    {
        $this->assertLessThanOrEqual(200, strlen($this->vault->name));
        $this->assertStringStartsWith('Suite\SpaceTest::test_every_test_has_a_name_for_its_space with data set "', $this->vault->name);
        $this->ask($consumer);
        $this->vault->verify(['consumer_id' => $consumer], times: 1);
    }

    public function test_code_that_cannot_change_its_url_names_the_space_by_header(): void
    {
        $base = explode('/@', $this->vault->url)[0];
        $this->ask(base: $base, headers: ['x-mock-space: '.$this->vault->headers['x-mock-space']]);
        $this->vault->verify(['consumer_id' => 'acme'], times: 1);
    }

    public function test_the_default_space_can_be_reset_only(): void
    {
        $mock = VaultMock::connect(explode('/@', $this->vault->url)[0]);
        $this->assertSame([$mock->url, 'default'], [$mock->space()->url, $mock->space()->name]);
        $this->assertStringContainsString('reset()', $this->refusalOf(fn () => $mock->space()->forget())->getMessage());
        $this->assertStringContainsString('needs a name', $this->refusalOf(fn () => $mock->space(''))->getMessage());
        foreach (["a\x01", str_repeat('a', 201)] as $name) {
            $error = $this->refusalOf(fn () => $mock->space($name)->clock->get());
            $this->assertSame(400, $error->status);
            $this->assertStringContainsString('a space name has 1 to 200 characters', $error->getMessage());
        }
    }

    public function test_verify_counts_and_looks_at_the_answer(): void
    {
        $this->vault->when(['consumer_id' => 'acme'])->error(402)->once();
        $this->statuses(2);
        $this->ask('globex');
        $this->assertSame(2, $this->vault->verify(['consumer_id' => 'acme'], times: 2)['count']);
        $this->vault->verify(['consumer_id' => 'acme'], atLeast: 1, atMost: 2, status: [200, 402]);
        $this->vault->verify(['consumer_id' => 'acme'], times: 1, status: 402);
        $this->vault->verify(['consumer_id' => 'nobody'], times: 0);
        $this->vault->verify();
        $this->vault->verifyOrder([['consumer_id' => 'acme'], ['consumer_id' => 'globex']]);
        $this->vault->verifyEveryRuleUsed();
        $this->assertSame(7, $this->vault->verified);
        $error = $this->refusalOf(fn () => $this->vault->verify([], times: 1, atMost: 2));
        $this->assertStringContainsString('not both', $error->getMessage());
    }

    public function test_a_verify_that_fails_shows_the_nearest_request_and_what_differed(): void
    {
        $this->ask('acne');
        $this->expectException(VerificationError::class);
        $this->expectExceptionMessageMatches('/Expected exactly 1 .*\n.*consumer \'acne\'.*expected "acme", was "acne"/');
        $this->vault->verify(['consumer_id' => 'acme'], times: 1);
    }

    public function test_the_clock_is_the_spaces(): void
    {
        $this->vault->clock->freeze('2027-01-01T00:00:00Z');
        $token = $this->ask()['data']['session_token'];
        $this->vault->clock->advance('61m');
        $this->assertSame('2027-01-01T01:01:00.000Z', $this->vault->clock->get()['now']);
        $this->assertSame('expired', $this->vault->sessions->get($token)['state']);
        $moment = new \DateTimeImmutable('2027-05-01T12:00:00.5+02:00');
        $this->assertSame('2027-05-01T10:00:00.500Z', $this->vault->clock->freeze($moment)['now']);
        $this->assertFalse($this->vault->clock->resume()['frozen']);
        $this->assertSame('-1h', $this->vault->clock->offset('-1h')['offset']);
        $error = $this->refusalOf(fn () => $this->vault->clock->advance('an hour'));
        $this->assertSame(400, $error->status);
        $this->assertStringContainsString("'an hour'", $error->getMessage());
    }

    public function test_sessions_expire_and_are_revoked(): void
    {
        [$first, $second] = [$this->ask()['data']['session_token'], $this->ask('globex')['data']['session_token']];
        $this->assertSame([$second, $first], array_column($this->vault->sessions->list(), 'token'));
        $this->assertSame('expired', $this->vault->sessions->expire($first)['state']);
        $this->vault->sessions->revoke($second);
        $this->assertSame('revoked', $this->vault->sessions->get($second)['state']);
        $this->assertSame(404, $this->refusalOf(fn () => $this->vault->sessions->get('x/../y'))->status);
    }

    public function test_the_journal_is_listed_whole_and_filtered(): void
    {
        for ($i = 0; $i < 15; $i++) {
            $this->ask(body: ['settings' => ['note' => str_repeat('x', 100_000)]]); // a page ends after a megabyte
        }
        $this->vault->when(['consumer_id' => 'globex'])->error('RequestLimitError')->always();
        $this->ask('globex');
        $counts = array_map(fn (?int $limit) => count($this->vault->requests->list(limit: $limit)), [null, 14, 3, 2000]);
        $this->assertSame([16, 14, 3, 16], $counts);
        $refused = $this->vault->requests->list(status: '4xx', consumerId: 'globex', operation: 'sessionsCreate');
        $this->assertCount(1, $refused);
        $this->assertSame(402, $this->vault->requests->get($refused[0]['id'])['answer']['status']);
        $this->assertCount(1, $this->vault->requests->list(kind: 'rule', method: 'POST'));
        $this->assertSame([], $this->vault->requests->list(method: 'GET'));
        $this->vault->requests->clear();
        $this->assertSame([], $this->vault->requests->list());
    }

    public function test_why_says_what_decided(): void
    {
        $this->assertStringContainsString('no request', $this->refusalOf(fn () => $this->vault->requests->why())->getMessage());
        $this->vault->when(['consumer_id' => 'acme'])->error(402)->named('limit')->always();
        $this->ask();
        $why = $this->vault->requests->why();
        $this->assertStringContainsString('402', $why['sentence']);
        $this->assertStringContainsString('limit', $why['trace']['decided_by']);
        $this->assertSame($why, $this->vault->requests->why($this->vault->requests->list()[0]['id']));
    }

    public function test_a_connection_is_put_into_a_state(): void
    {
        $set = fn (?string $app) => $this->vault->connections->set('acme', 'crm', 'hubspot', state: 'callable', applicationId: $app);
        $this->assertStringContainsString('application_id', $this->refusalOf(fn () => $set(null))->getMessage());
        $this->assertSame('callable', $set('app')['state']);
        $callable = array_filter($this->vault->connections->list('acme'), fn ($one) => $one['state'] === 'callable');
        $this->assertSame(['crm+hubspot'], array_column($callable, 'id'));
    }

    public function test_a_seed_and_a_frozen_clock_repeat_the_same_token(): void
    {
        $token = function (): string {
            $this->vault->reset();
            $this->vault->seed(7);
            $this->vault->clock->freeze('2027-01-01');

            return $this->ask()['data']['session_token'];
        };
        $this->assertSame($token(), $token());
    }

    public function test_reset_takes_back_parts(): void
    {
        $this->ask();
        $this->vault->when(['consumer_id' => 'acme'])->error(402)->always();
        $this->assertSame(['journal'], $this->vault->reset('journal'));
        $this->assertSame([[], 402], [$this->vault->requests->list(), $this->ask()['status']]);
        $this->assertContains('rules', $this->vault->reset());
        $this->assertSame(200, $this->ask()['status']);
    }
}

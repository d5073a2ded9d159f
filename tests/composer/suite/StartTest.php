<?php

namespace Suite;

use VaultMock\VaultMock;

final class StartTest extends SuiteTestCase
{
    /** @return string a file with this text, which ends with the process */
    private static function file(string $text): string
    {
        $name = tempnam(sys_get_temp_dir(), 'rules-');
        file_put_contents($name, $text);
        register_shutdown_function(fn () => unlink($name));

        return $name;
    }

    /** Does it with other variables of the environment. */
    private static function with(array $variables, callable $function): mixed
    {
        $before = array_map(fn (string $name) => getenv($name), array_combine(array_keys($variables), array_keys($variables)));
        $set = fn (string $name, string|false|null $value) => putenv($value === false || $value === null ? $name : "$name=$value");
        array_map($set, array_keys($variables), $variables);
        try {
            return $function();
        } finally {
            array_map($set, array_keys($before), $before);
        }
    }

    public function test_the_options_reach_the_program(): void
    {
        $rules = self::file('{"rules": [{"when": {"consumer_id": "acme"}, "respond": {"error": 402}}]}');
        $now = new \DateTimeImmutable('2027-01-01T00:00:00Z');
        $mock = VaultMock::start([$rules], strict: true, seed: 1, now: $now, arguments: ['--app-id', 'app'], env: ['VAULT_MOCK_API_KEY' => 'k']);
        $space = $mock->space('a');
        $this->assertSame(402, $this->ask(base: $space->url)['status']);
        $this->assertSame(422, $this->ask('globex', ['settings' => ['session_length' => 'soon']], $space->url)['status']);
        $this->assertSame('2027-01-01T00:00:00.000Z', $space->clock->get()['now']);
        $token = $this->ask('globex', [], $space->url)['data']['session_token'];
        $mock->stop();
        $again = VaultMock::start($rules, seed: 1, now: '2027-01-01T00:00:00Z');
        $this->assertSame($token, $this->ask('globex', [], $again->space('a')->url)['data']['session_token']);
        $again->stop();
        $again->stop(); // twice is no harm
        $this->assertStringContainsString('No mock answers', $this->refusalOf(fn () => VaultMock::connect($again->url))->getMessage());
    }

    public function test_a_mock_that_ended_says_how(): void
    {
        $mock = VaultMock::start();
        $why = fn ($mock) => $this->refusalOf(fn () => $mock->space('a')->clock->get())->getMessage();
        $program = (fn () => $this->program)->call($mock);
        (fn () => proc_terminate($this->process, 9))->call($program);
        $this->assertMatchesRegularExpression('~^No mock answers at http://\S+: the mock ended \(SIGKILL\)$~', $why($mock));
        $mock->stop();
        $this->assertStringContainsString('SIGKILL', $why($mock));
        $mock = VaultMock::start();
        $mock->stop();
        $this->assertStringContainsString('stop() ended it', $why($mock));
    }

    public function test_an_admin_token_is_asked_for_and_sent(): void
    {
        self::with(['VAULT_MOCK_ADMIN_TOKEN' => null], function (): void {
            $mock = VaultMock::start(adminToken: 's3cret');
            $mock->space('a')->verify(['consumer_id' => 'acme'], times: 0);
            VaultMock::connect($mock->url, 's3cret')->space('a')->requests->list();
            $error = $this->refusalOf(fn () => VaultMock::connect($mock->url)->space('a')->requests->list());
            $this->assertSame(401, $error->status);
            $this->assertStringContainsString('token', $error->getMessage());
            $list = fn () => VaultMock::connect($mock->url)->space('a')->requests->list();
            $this->assertSame([], self::with(['VAULT_MOCK_ADMIN_TOKEN' => 's3cret'], $list));
            $mock->stop();
        });
    }

    public function test_a_program_that_does_not_start_says_why(): void
    {
        $rules = self::file('{"rules": [{"when": {"consmer_id": "acme"}, "respond": {"error": 402}}]}');
        $why = fn (mixed ...$options) => $this->refusalOf(fn () => VaultMock::start(...$options))->getMessage();
        $this->assertMatchesRegularExpression('/:1:22: error: unknown key "consmer_id".*did you mean "consumer_id"/', $why(rules: $rules));
        $this->assertMatchesRegularExpression('/exit code 2.*--sede.*--seed/s', $why(arguments: ['--sede', '1']));
        $binary = fn (string $file) => self::with(['VAULT_MOCK_BINARY' => $file], $why);
        $this->assertStringContainsString('VAULT_MOCK_BINARY names', $binary($rules));
        $this->assertStringContainsString('did not start (exit code 1)', $binary('/bin/false'));
        $before = getcwd();
        chdir('/bin');
        $this->assertStringContainsString('did not start (exit code 1)', self::with(['PATH' => '/nowhere'], fn () => $binary('false')));
        chdir($before);
    }

    public function test_without_a_program_one_message_says_what_to_install(): void
    {
        $why = self::with(['PATH' => '/nowhere', 'VAULT_MOCK_BINARY' => null], fn () => $this->refusalOf(fn () => VaultMock::start())->getMessage());
        $this->assertMatchesRegularExpression('/not on the PATH.* for Linux on .*pip install.*VAULT_MOCK_BINARY.*container.*VAULT_MOCK_URL/', $why);
    }

    public function test_what_is_not_a_mock_is_told(): void
    {
        $this->assertStringContainsString('not the address', $this->refusalOf(fn () => VaultMock::connect('127.0.0.1:4010'))->getMessage());
        $this->assertStringContainsString('space() gives one', $this->refusalOf(fn () => VaultMock::connect($this->vault->url))->getMessage());
        $server = proc_open([PHP_BINARY, '-r', self::ANSWERING, '--', self::http('404 Not Found', '{"error": "Not Found"}')], [1 => ['pipe', 'w']], $pipes);
        $url = trim(fgets($pipes[1]));
        $this->assertStringContainsString('is not vault-mock', $this->refusalOf(fn () => VaultMock::connect($url))->getMessage());
        proc_close($server);
    }
}

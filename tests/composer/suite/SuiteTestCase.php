<?php

namespace Suite;

use PHPUnit\Framework\TestCase;
use VaultMock\PHPUnit\UsesVaultMock;
use VaultMock\VaultMockError;

/** The client against the real program. SUITE_TRANSPORT names the transport. */
abstract class SuiteTestCase extends TestCase
{
    use UsesVaultMock;

    /** A program that says where it is, and gives each argument as the answer of one connection. */
    protected const ANSWERING = <<<'END'
        $server = stream_socket_server('tcp://127.0.0.1:0');
        echo 'http://', stream_socket_get_name($server, false), "\n";
        foreach (array_slice($argv, 1) as $answer) {
            $client = stream_socket_accept($server);
            for ($length = 0; '' !== $line = trim(fgets($client));) {
                $length = 0 === stripos($line, 'content-length:') ? (int) substr($line, 15) : $length;
            }
            stream_get_contents($client, $length);
            fwrite($client, $answer);
            fclose($client);
        }
        END;

    protected static function vaultMockOptions(): array
    {
        return ['arguments' => ['--transport', getenv('SUITE_TRANSPORT') ?: 'epoll']];
    }

    /** Asks for a session, in the space of the test unless told otherwise. → ['status' => …] and the JSON of the answer */
    protected function ask(string $consumer = 'acme', array $body = [], ?string $base = null, array $headers = []): array
    {
        $keys = ['authorization: Bearer k', 'x-apideck-app-id: app', "x-apideck-consumer-id: $consumer", 'content-type: application/json'];
        $http = ['method' => 'POST', 'header' => [...$keys, ...$headers], 'content' => json_encode((object) $body), 'ignore_errors' => true];
        $stream = @fopen(($base ?? $this->vault->url).'/vault/sessions', 'r', false, stream_context_create(['http' => $http]));
        if ($stream === false) {
            return ['status' => 0];
        }
        $status = (int) explode(' ', stream_get_meta_data($stream)['wrapper_data'][0])[1];

        return ['status' => $status] + (json_decode(stream_get_contents($stream), true) ?? []);
    }

    /** @return list<int> */
    protected function statuses(int $count, string $consumer = 'acme'): array
    {
        return array_map(fn () => $this->ask($consumer)['status'], range(1, $count));
    }

    /** The error of the mock that the function leads to. */
    protected function refusalOf(callable $function): VaultMockError
    {
        try {
            $function();
        } catch (VaultMockError $error) {
            return $error;
        }
        $this->fail('the mock did not refuse it');
    }

    protected static function http(string $status, string $body): string
    {
        return "HTTP/1.1 $status\r\ncontent-length: ".strlen($body)."\r\n\r\n$body";
    }
}

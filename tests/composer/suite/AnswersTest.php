<?php

namespace Suite;

use VaultMock\Space;
use VaultMock\VaultMock;

/** Answers that no mock gives are errors in words, whichever call they are for. */
final class AnswersTest extends SuiteTestCase
{
    /** Does it with a space of a server that gives these answers. */
    private static function with(array $answers, callable $function): mixed
    {
        $health = self::http('200 OK', '{"rules":1}');
        $server = proc_open([PHP_BINARY, '-r', self::ANSWERING, '--', $health, ...$answers], [1 => ['pipe', 'w']], $pipes);
        try {
            return $function(VaultMock::connect(trim(fgets($pipes[1])))->space('a'));
        } finally {
            proc_terminate($server);
            proc_close($server);
        }
    }

    private static function stream(string $event): string
    {
        return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n$event\n\n";
    }

    public static function answers(): array
    {
        return [
            'half' => ["HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"now\":", '/No mock answers at .*broke off/'],
            'nothing' => ['', '/No mock answers at /'],
            'no HTTP' => ["hello\r\n", '/No mock answers at /'],
            'no keys' => [self::http('200 OK', '{}'), '/is not vault-mock: what it answers to (GET|POST) /'],
            'other types' => [self::http('200 OK', '{"now": 1, "requests": [3], "id": [], "pass": "no", "reset": "x"}'), '/: what it answers to/'],
            'empty' => [self::http('200 OK', ''), '/is not vault-mock: its answer is not JSON/'],
            'no content' => [self::http('204 No Content', ''), '/is not vault-mock: what it answers to/'],
            'redirect' => [self::http('302 Found', '{}'), '/is not vault-mock: it answers 302/'],
            'error that is a list' => [self::http('500 Internal Server Error', '{"error": ["a"], "mistakes": 3}'), '/is not vault-mock: it answers 500/'],
            'odd error' => [self::http('400 Bad Request', '{"error": "Bad Request", "detail": {"a": 1}, "mistakes": "x", "text": 3}'), '/^Bad Request$/'],
        ];
    }

    /** @dataProvider answers */
    #[\PHPUnit\Framework\Attributes\DataProvider('answers')]
    public function test_what_no_mock_answers(string $answer, string $words): void
    {
        $calls = [
            fn (Space $space) => $space->clock->get(),
            fn (Space $space) => $space->requests->list(),
            fn (Space $space) => $space->rules->add(['respond' => ['error' => 500]]),
            fn (Space $space) => $space->verify(),
            fn (Space $space) => $space->reset(),
            fn (Space $space) => $space->requests->live(),
        ];
        foreach ($calls as $call) {
            $error = self::with([$answer], fn (Space $space) => $this->refusalOf(fn () => $call($space)));
            $this->assertMatchesRegularExpression($words, $error->getMessage());
        }
    }

    public function test_nothing_is_a_success_with_204_only(): void
    {
        foreach (['', self::http('200 OK', '')] as $answer) {
            $error = self::with([$answer], fn (Space $space) => $this->refusalOf(fn () => $space->requests->clear()));
            $this->assertMatchesRegularExpression('/No mock answers|not JSON/', $error->getMessage());
        }
        self::with([self::http('204 No Content', '')], fn (Space $space) => $space->requests->clear());
    }

    public function test_what_no_feed_has(): void
    {
        foreach (["id: abc\nevent: request\ndata: {}", "id: 1\nevent: request\ndata: {", "event: missed\ndata: [1]"] as $event) {
            $next = fn (Space $space) => $this->refusalOf(fn () => $space->requests->live(after: 0)->current());
            $message = self::with([self::stream($event)], $next)->getMessage();
            $this->assertStringContainsString('is not vault-mock: what it answers to /@a/_mock/events', $message);
        }
    }

    public function test_a_feed_whose_connection_closes_goes_on(): void
    {
        $stream = fn (int $number) => self::stream("id: $number\nevent: request\ndata: {\"id\": \"r\", \"sequence\": $number}");
        $seen = self::with([$stream(1), $stream(2)], function (Space $space): array {
            $feed = $space->requests->live(after: 0);
            $first = $feed->current()['sequence'];
            $feed->next();

            return [$first, $feed->current()['sequence']];
        });
        $this->assertSame([1, 2], $seen);
    }
}

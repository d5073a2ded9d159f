<?php

namespace Suite;

use VaultMock\VaultMock;

final class FeedTest extends SuiteTestCase
{
    public function test_requests_come_from_the_moment_that_live_was_called(): void
    {
        $this->ask('before');
        $feed = $this->vault->requests->live();
        $this->ask('one');
        $this->ask('two');
        $seen = [];
        foreach ($feed as $sequence => $request) {
            $seen[$sequence] = $request['consumer_id'];
            if (count($seen) === 2) {
                break;
            }
        }
        $this->assertSame([2 => 'one', 3 => 'two'], $seen);
        $this->assertSame('before', $this->vault->requests->live(after: 0)->current()['consumer_id']);
    }

    public function test_what_is_not_shown_is_told(): void
    {
        $this->statuses(20);
        $feed = $this->vault->requests->live(after: 0, perSecond: 1);
        $this->assertStringContainsString('perSecond', $this->refusalOf(fn () => iterator_to_array($feed))->getMessage());
        $tell = fn (array $missed) => throw new \LengthException(json_encode($missed['by_status']));
        $this->expectException(\LengthException::class);
        $this->expectExceptionMessageMatches('/"200":/');
        iterator_to_array($this->vault->requests->live(after: 0, perSecond: 1, onMissed: $tell));
    }

    public function test_a_mock_that_is_gone_is_an_error(): void
    {
        $mock = VaultMock::start();
        $space = $mock->space('a');
        $this->ask(base: $space->url);
        $feed = $space->requests->live(after: 0);
        $this->assertSame('acme', $feed->current()['consumer_id']);
        $mock->stop();
        $this->assertStringContainsString('No mock answers', $this->refusalOf(fn () => $feed->next())->getMessage());
    }
}

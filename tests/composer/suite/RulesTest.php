<?php

namespace Suite;

use VaultMock\RuleBuilder;

final class RulesTest extends SuiteTestCase
{
    public function test_an_answer_comes_as_often_as_asked_for(): void
    {
        $this->vault->when(['consumer_id' => 'acme'])->error(402)->once();
        $this->vault->when(['consumer_id' => 'globex'])->error(503)->times(2);
        $this->vault->when(['consumer_id' => 'initech'])->respond(418, body: ['a' => [1, 'é', 2.0]], headers: ['x-a' => 'b'])->always();
        $this->assertSame([402, 200], $this->statuses(2));
        $this->assertSame([503, 503, 200], $this->statuses(3, 'globex'));
        $this->assertSame(array_fill(0, 2, ['status' => 418, 'a' => [1, 'é', 2.0]]), [$this->ask('initech'), $this->ask('initech')]);
    }

    public function test_answers_follow_each_other(): void
    {
        $this->vault->when(['consumer_id' => 'acme'])->sequence([503, 'RequestLimitError', ['status' => 418], 204, 'pass'])->always();
        $this->assertSame([503, 402, 418, 204, 200, 200], $this->statuses(6));
        $this->vault->when(['consumer_id' => 'globex'])->sequence([503, 'pass'], then: 'repeat')->always();
        $this->assertSame([503, 200, 503, 200], $this->statuses(4, 'globex'));
    }

    public function test_connections_break_and_answers_are_late(): void
    {
        $this->vault->when(['consumer_id' => 'acme'])->fault('reset')->once();
        $this->vault->when(['consumer_id' => 'globex'])->delay('20ms')->pass()->once();
        $this->assertSame(0, $this->ask()['status']);
        $this->assertSame(200, $this->ask('globex')['status']);
        $this->vault->verifyEveryRuleUsed();
        $drip = ['kind' => 'drip', 'chunk' => 4096, 'gap' => 1];
        $this->vault->when(['consumer_id' => 'acme'])->delay(['min' => 1, 'max' => '2ms'])->fault($drip)->once();
        $this->assertSame(200, $this->ask()['status']);
        $this->assertStringContainsString('4096 bytes at a time', $this->vault->requests->why()['sentence']);
    }

    public function test_an_answer_takes_what_that_of_a_rule_file_takes(): void
    {
        $this->vault->when(['consumer_id' => 'acme'])->respond(error: 503, message: 'Later', detail: ['a' => 1], headers: ['x-a' => [1, 'b']])->once();
        $answer = $this->ask();
        $this->assertSame([503, 'Later', ['a' => 1]], [$answer['status'], $answer['message'], $answer['detail']]);
        $this->vault->when(['consumer_id' => 'acme'])->respond(session: ['token' => 'fixed'], delay: 1)->once();
        $this->assertSame('fixed', $this->ask()['data']['session_token']);

        // pass() has no other words with it; a weight is one of 'random'.
        $schema = json_decode(file_get_contents(dirname(__DIR__, 3).'/fixtures/fixture.schema.json'), true);
        $described = array_diff(array_keys($schema['definitions']['answer']['properties']), ['pass', 'weight']);
        $words = array_map(fn ($one) => $one->getName(), (new \ReflectionMethod(RuleBuilder::class, 'respond'))->getParameters());
        $this->assertEqualsCanonicalizing($described, array_map(fn ($word) => strtolower(preg_replace('/[A-Z]/', '_$0', $word)), $words));
    }

    public function test_conditions_are_those_of_rule_files(): void
    {
        $this->vault->when(['not' => ['consumer_id' => 'acme'], 'method' => 'POST'])->respond(418, text: 'other')->always();
        $this->assertSame([200, 418], [$this->ask()['status'], $this->ask('globex')['status']]);
        $this->vault->when()->error(500)->always();
        $this->assertSame(500, $this->ask()['status']);
    }

    public function test_a_rule_that_was_added_can_be_looked_at_changed_and_removed(): void
    {
        $rule = $this->vault->when(['consumer_id' => 'acme'])->error(402)->named('limit')->always();
        $this->ask();
        $this->assertSame(1, $rule->get()['hits']);
        $this->assertStringEndsWith('#limit', $rule->label);
        $this->assertFalse($this->vault->rules->patch($rule->id, enabled: false)['enabled']);
        $this->assertNotNull($this->vault->rules->patch($rule->id, enabled: true, endsIn: '10m')['ends_at']);
        $this->assertSame($rule->id, $this->vault->rules->list()[0]['id']);
        $rule->remove();
        $this->assertSame(404, $this->refusalOf(fn () => $rule->get())->status);
        $this->vault->rules->remove($this->vault->rules->add(['respond' => ['error' => 500]])->id);
        $this->assertSame(200, $this->ask()['status']);
    }

    public function test_a_misspelt_key_is_told_with_its_place_and_the_word_that_was_meant(): void
    {
        $error = $this->refusalOf(fn () => $this->vault->when(['consmer_id' => 'acme'])->error(402)->once());
        $this->assertSame([400, '/when/consmer_id'], [$error->status, $error->mistakes[0]['pointer']]);
        $this->assertStringContainsString("unknown key \"consmer_id\" in when; did you mean \"consumer_id\"?\n", $error->getMessage());
        $this->assertStringContainsString('^~~~', $error->getMessage());
    }

    public function test_a_rule_can_be_checked_without_being_added(): void
    {
        $this->ask();
        $rule = ['when' => ['consumer_id' => 'acme'], 'respond' => ['error' => 402]];
        $check = $this->vault->rules->check($rule, request: $this->vault->requests->list()[0]['id']);
        $this->assertSame([true, true], [$check['valid'], $check['would_match']]);
        $this->assertSame('"error"', $this->vault->rules->check(['respond' => ['eror' => 402]])['mistakes'][0]['suggestion']);
        $this->assertSame(200, $this->ask()['status']);
    }

    public function test_a_rule_without_an_end_is_warned_of(): void
    {
        $said = [];
        set_error_handler(function (int $level, string $message) use (&$said): bool {
            return (bool) $said[] = [$level, $message];
        });
        try {
            $this->vault->when(['consumer_id' => 'acme'])->error(402);
        } finally {
            restore_error_handler();
        }
        $this->assertSame([[E_USER_WARNING, 'A rule was not added: end it with once(), times($n) or always()']], $said);
    }
}

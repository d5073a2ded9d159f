<?php

declare(strict_types=1);

namespace VaultMock;

/** What a rule answers. once(), times() or always() adds it: without one nothing is added, and a warning says so. */
final class RuleBuilder
{
    /** @var array<string, mixed> */
    private array $answer = [];

    private bool $isAdded = false;

    /**
     * @internal
     *
     * @param array<string, mixed> $rule
     */
    public function __construct(private readonly Rules $rules, private array $rule)
    {
    }

    /** What the header x-mock-rule, the log and explanations call it. */
    public function named(string $name): self
    {
        $this->rule['name'] = $name;

        return $this;
    }

    /** An error in the vendor's shape: a status from 400 to 599, or a type name as 'RequestLimitError'. */
    public function error(int|string $error): self
    {
        return $this->with(['error' => $error]);
    }

    /**
     * An answer as written: JSON in $body, or anything else in $text.
     *
     * @param array<string, string> $headers
     */
    public function respond(?int $status = null, mixed $body = null, ?string $text = null, array $headers = []): self
    {
        $given = ['status' => $status, 'body' => $body, 'text' => $text, 'headers' => $headers ?: null];

        return $this->with(array_filter($given, fn ($value) => $value !== null));
    }

    /** A broken connection: reset, close, truncate, malformed, drip or hang. */
    public function fault(string $fault): self
    {
        return $this->with(['fault' => $fault]);
    }

    /** The answer comes later: '2s', '200ms'. */
    public function delay(string $delay): self
    {
        return $this->with(['delay' => $delay]);
    }

    /** The usual answer. */
    public function pass(): self
    {
        return $this->with(['pass' => true]);
    }

    /**
     * One after the other, then the last one again: [503, 503, 'pass'].
     *
     * @param list<int|string|array<string, mixed>> $answers
     * @param 'last'|'repeat'|'pass'|null $then
     */
    public function sequence(array $answers, ?string $then = null): self
    {
        $this->rule['sequence'] = array_map(self::answerOf(...), $answers);
        if ($then !== null) {
            $this->rule['then'] = $then;
        }

        return $this;
    }

    /** For the next request that it matches. */
    public function once(): AddedRule
    {
        return $this->end(['times' => 1]);
    }

    /** For so many requests. */
    public function times(int $times): AddedRule
    {
        return $this->end(['times' => $times]);
    }

    public function always(): AddedRule
    {
        return $this->end([]);
    }

    public function __destruct()
    {
        if (! $this->isAdded) {
            trigger_error('A rule was not added: end it with once(), times($n) or always()', E_USER_WARNING);
        }
    }

    /** @param array<string, mixed> $answer */
    private function with(array $answer): self
    {
        $this->answer = $answer + $this->answer;

        return $this;
    }

    /** @param array{times?: int} $limit */
    private function end(array $limit): AddedRule
    {
        $this->isAdded = true;
        $answer = $this->answer === [] ? [] : ['respond' => $this->answer];

        return $this->rules->add($this->rule + $answer + $limit);
    }

    /**
     * 503 is an error, 'pass' the usual answer, and an array what fixtures/README.md says of answers.
     *
     * @param int|string|array<string, mixed> $short
     * @return array<string, mixed>
     */
    private static function answerOf(int|string|array $short): array
    {
        return match (true) {
            is_array($short) => $short,
            $short === 'pass' => ['pass' => true],
            is_int($short) && $short < 400 => ['status' => $short],
            default => ['error' => $short],
        };
    }
}

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
     * Also a session with its token changed, or an error with other words than its usual ones: fixtures/README.md says what
     * goes together.
     *
     * @param array<string, int|string|list<int|string>> $headers
     * @param true|array<string, mixed>|null $session
     * @param string|array<string, mixed>|null $detail
     * @param int|string|array<string, mixed>|null $delay
     * @param string|array<string, mixed>|null $fault
     */
    public function respond(
        ?int $status = null,
        mixed $body = null,
        ?string $text = null,
        array $headers = [],
        bool|array|null $session = null,
        int|string|null $error = null,
        ?string $typeName = null,
        ?string $message = null,
        string|array|null $detail = null,
        ?string $ref = null,
        int|string|array|null $delay = null,
        string|array|null $fault = null,
    ): self {
        $given = [
            'status' => $status, 'body' => $body, 'text' => $text, 'headers' => $headers ?: null, 'session' => $session,
            'error' => $error, 'type_name' => $typeName, 'message' => $message, 'detail' => $detail, 'ref' => $ref,
            'delay' => $delay, 'fault' => $fault,
        ];

        return $this->with(array_filter($given, fn ($value) => $value !== null));
    }

    /**
     * A broken connection: reset, close, truncate, malformed, drip or hang, or an array with more of it.
     *
     * @param string|array<string, mixed> $fault
     */
    public function fault(string|array $fault): self
    {
        return $this->with(['fault' => $fault]);
    }

    /**
     * The answer comes later: '2s', '200ms', or an array, for a time that is drawn.
     *
     * @param int|string|array<string, mixed> $delay
     */
    public function delay(int|string|array $delay): self
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

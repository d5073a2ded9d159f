<?php

declare(strict_types=1);

namespace VaultMock;

/**
 * A world of its own, with rules, journal, clock and sessions.
 *
 * @phpstan-type Verification array{pass: bool, count: int, dropped: int, undecided: int, conclusive: bool, message: string, nearest: list<array{id: string, differences: list<string>}>}
 */
final class Space extends AdminResource
{
    private const VERIFICATION = ['pass' => 'bool', 'message' => 'string', 'nearest' => 'array'];

    /** The base URL for the code under test. */
    public readonly string $url;

    /** @var array{'x-mock-space': string} for code whose base URL is that of the mock */
    public readonly array $headers;

    public readonly Clock $clock;

    public readonly Sessions $sessions;

    public readonly Requests $requests;

    public readonly Rules $rules;

    public readonly Connections $connections;

    /** How many verifications held. */
    public int $verified = 0;

    private readonly string $path;

    /** @internal */
    public function __construct(Caller $caller, public readonly string $name)
    {
        $encoded = rawurlencode($name);
        $this->path = $name === 'default' ? '' : "/@$encoded";
        parent::__construct($caller, "$this->path/_mock");
        $this->url = $caller->url.$this->path;
        $this->headers = ['x-mock-space' => $encoded];
        $this->clock = new Clock($caller, $this->prefix);
        $this->sessions = new Sessions($caller, $this->prefix);
        $this->requests = new Requests($caller, $this->prefix);
        $this->rules = new Rules($caller, $this->prefix);
        $this->connections = new Connections($caller, $this->prefix);
    }

    /**
     * Begins a rule for these requests: ['consumer_id' => 'acme'], as `when` in a rule file.
     *
     * @param array<string, mixed> $conditions
     */
    public function when(array $conditions = []): RuleBuilder
    {
        return new RuleBuilder($this->rules, $conditions === [] ? [] : ['when' => $conditions]);
    }

    /**
     * So many of these requests came (without a number: at least one), and were answered so; else a VerificationError.
     *
     * @param array<string, mixed> $when
     * @param int|list<int>|null $status of the answer, or one of several
     * @return Verification
     */
    public function verify(
        array $when = [],
        ?int $times = null,
        ?int $atLeast = null,
        ?int $atMost = null,
        int|array|null $status = null,
    ): array {
        if ($times !== null && ($atLeast ?? $atMost) !== null) {
            throw new VaultMockError('verify() takes times, or atLeast and atMost, not both');
        }
        $given = fn ($value) => $value !== null;
        $bounds = array_filter(['at_least' => $atLeast, 'at_most' => $atMost], $given);

        return $this->verifyThat(array_filter(['when' => $when ?: null, 'times' => $times ?? ($bounds ?: null), 'status' => $status], $given));
    }

    /**
     * Such requests came one after the other, others between them or not.
     *
     * @param list<array<string, mixed>> $conditions
     * @return Verification
     */
    public function verifyOrder(array $conditions): array
    {
        return $this->verifyThat(['order' => $conditions]);
    }

    /**
     * Each rule that was added has matched; with the name of a rule file, each of its rules.
     *
     * @return Verification
     */
    public function verifyEveryRuleUsed(?string $file = null): array
    {
        return $this->verifyThat(['every_rule_used' => $file ?? true]);
    }

    /** Everything random in the space begins anew from this number. */
    public function seed(int $seed): void
    {
        $this->call('PUT', '/seed', ['seed' => $seed]);
    }

    /**
     * Takes back what changed: everything, or some of rules, counters, journal, clock, sessions and oauth.
     *
     * @param string|list<string>|null $only
     * @return list<string> what was reset
     */
    public function reset(string|array|null $only = null): array
    {
        return $this->call('POST', '/reset', $only === null ? null : ['only' => (array) $only], [], ['reset' => ['string']])['reset'];
    }

    /** Deletes the space. */
    public function forget(): void
    {
        if ($this->path === '') {
            throw new VaultMockError('The default space is always there: reset() puts it back to how it began');
        }
        $this->caller->call('DELETE', $this->path);
    }

    /**
     * @param array<string, mixed> $expected
     * @return Verification
     */
    private function verifyThat(array $expected): array
    {
        $verification = $this->call('POST', '/verify', $expected === [] ? new \stdClass() : $expected, [], self::VERIFICATION);
        if (! $verification['pass']) {
            throw new VerificationError($verification['message']);
        }
        $this->verified++;

        return $verification;
    }
}

<?php

declare(strict_types=1);

namespace VaultMock;

/** The mock refused a call, did not start, or is not there, in the program's own words. */
final class VaultMockError extends \RuntimeException
{
    /**
     * @param int $status of the mock's answer; 0: there was none
     * @param list<array{severity: string, line: int, column: int, pointer: string, message: string, suggestion: string}> $mistakes
     *        of a rule: its places, and the words that were probably meant
     */
    public function __construct(string $message, public readonly int $status = 0, public readonly array $mistakes = [])
    {
        parent::__construct($message);
    }

    /**
     * `detail` says what is wrong where `error` is only the name of the status; `text` shows the mistakes.
     *
     * @internal
     *
     * @param array<string, mixed> $answer
     */
    public static function of(int $status, array $answer): self
    {
        $said = array_filter([$answer['text'] ?? '', $answer['detail'] ?? '', $answer['error']], fn ($one) => is_string($one) && $one !== '');
        $mistakes = $answer['mistakes'] ?? [];

        return new self(rtrim(reset($said) ?: "the status $status"), $status, is_array($mistakes) ? array_values(array_filter($mistakes, is_array(...))) : []);
    }
}

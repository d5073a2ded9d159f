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
}

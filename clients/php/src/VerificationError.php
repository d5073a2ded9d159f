<?php

declare(strict_types=1);

namespace VaultMock;

/** The requests were not as expected. The message names those that came closest, and what differed. */
final class VerificationError extends \AssertionError
{
}

<?php

declare(strict_types=1);

namespace VaultMock;

/**
 * The program, running. It ends with stop(), or with this process however that one ends.
 *
 * @internal
 */
final class Program
{
    private const LIMIT_S = 60; // it starts in milliseconds
    private const PAUSE_US = 5_000;
    private const SIGKILL = 9; // the constants are those of an extension that may not be there
    private const SIGNALS = [4 => 'SIGILL', 6 => 'SIGABRT', 7 => 'SIGBUS', 8 => 'SIGFPE', 9 => 'SIGKILL', 11 => 'SIGSEGV', 15 => 'SIGTERM'];
    private const NOTICED_S = 1; // its connections break shortly before its end is noticed

    public readonly string $url;

    /** @var resource */
    private $process;

    /** @var resource its standard input, which tells it that we are here */
    private $parent;

    /** @var resource its standard error */
    private $said;

    private string $howItEnded = '';

    /**
     * @param list<string> $arguments
     * @param array<string, string> $env
     */
    public function __construct(array $arguments, array $env)
    {
        $program = self::find();
        $ready = tempnam(sys_get_temp_dir(), 'vault-mock-');
        $this->said = $said = tmpfile();
        $pipes = [];
        try {
            $process = @proc_open(
                [$program, '--with-parent', '--ready-file', $ready, ...$arguments],
                [['pipe', 'r'], ['file', '/dev/null', 'w'], $said],
                $pipes,
                null,
                $env + getenv() + ['VAULT_MOCK_LOG_LEVEL' => 'off'],
            );
            if ($process === false) {
                throw new VaultMockError("$program cannot be run: ".(error_get_last()['message'] ?? ''));
            }
            $this->process = $process;
            $this->parent = $pipes[0];
            $this->url = $this->wait($ready);
        } finally {
            @unlink($ready);
        }
    }

    /** VAULT_MOCK_BINARY, or the program on the PATH. */
    public static function find(): string
    {
        $named = getenv('VAULT_MOCK_BINARY');
        if ($named !== false && $named !== '') {
            return is_file($named) && is_executable($named)
                ? realpath($named)
                : throw new VaultMockError("VAULT_MOCK_BINARY names '$named', which is not a program that can be run");
        }
        foreach (explode(PATH_SEPARATOR, (string) getenv('PATH')) as $folder) {
            $file = ($folder === '' ? '.' : $folder).'/vault-mock';
            if (is_file($file) && is_executable($file)) {
                return $file;
            }
        }
        throw new VaultMockError(
            'The program vault-mock is not on the PATH; the Composer package has none for '.PHP_OS_FAMILY.' on '.php_uname('m')
            .'. On Linux (x86_64, aarch64) `npm install --global vault-mock` or `pip install vault-mock` brings it; or name it in '
            .'VAULT_MOCK_BINARY. Elsewhere run it in a container and use its address: VaultMock::connect($url), or VAULT_MOCK_URL '
            .'with PHPUnit.'
        );
    }

    public function stop(): void
    {
        if (! is_resource($this->process)) {
            return;
        }
        $runs = $this->status()['running'];
        $this->howItEnded = $runs ? 'stop() ended it' : $this->howItEnded;
        fclose($this->parent); // which ends it, too
        if ($runs) {
            proc_terminate($this->process);
            if (! $this->endsWithin(self::LIMIT_S)) {
                proc_terminate($this->process, self::SIGKILL);
            }
        }
        proc_close($this->process); // waits for the end
    }

    /** Nothing while it runs. */
    public function howItEnded(): string
    {
        if ($this->howItEnded === '' && is_resource($this->process)) {
            $this->endsWithin(self::NOTICED_S);
        }

        return $this->howItEnded;
    }

    /**
     * PHP tells the exit code once only.
     *
     * @return array{running: bool, exitcode: int, signaled: bool, termsig: int}
     */
    private function status(): array
    {
        $status = proc_get_status($this->process);
        if (! $status['running'] && $this->howItEnded === '') {
            $this->noteEnd($status);
        }

        return $status;
    }

    private function endsWithin(int $seconds): bool
    {
        for ($end = hrtime(true) + $seconds * 1_000_000_000; hrtime(true) < $end; usleep(self::PAUSE_US)) {
            if (! $this->status()['running']) {
                return true;
            }
        }

        return false;
    }

    /** @param array{exitcode: int, signaled: bool, termsig: int} $status */
    private function noteEnd(array $status): void
    {
        $how = $status['signaled'] ? (self::SIGNALS[$status['termsig']] ?? "signal {$status['termsig']}") : "exit code {$status['exitcode']}";
        $words = $this->lastWords();
        $this->howItEnded = "the mock ended ($how)".($words === '' ? '' : ": $words");
    }

    private function lastWords(): string
    {
        rewind($this->said);

        return trim(stream_get_contents($this->said));
    }

    /**
     * The address in the ready file. With HTTPS a second one follows.
     */
    private function wait(string $ready): string
    {
        for ($end = hrtime(true) + self::LIMIT_S * 1_000_000_000; ; usleep(self::PAUSE_US)) {
            $status = $this->status();
            $text = (string) @file_get_contents($ready);
            if (str_ends_with($text, "\n")) {
                return strtok($text, "\n");
            }
            if (! $status['running'] || hrtime(true) > $end) {
                $how = $status['running'] ? 'within '.self::LIMIT_S.' seconds' : "(exit code {$status['exitcode']})";
                $words = $this->lastWords();
                $this->stop();
                throw new VaultMockError("vault-mock did not start $how:\n$words");
            }
        }
    }
}

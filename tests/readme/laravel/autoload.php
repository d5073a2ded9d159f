<?php
// What Laravel brings, of what the page's test uses: its HTTP client and façade, as Debian packages them, and the class
// that its tests extend.

namespace {
    require '/usr/share/php/GuzzleHttp/autoload.php';
    require '/usr/share/php/Illuminate/Http/autoload.php';
    spl_autoload_register(function (string $class): void {
        $file = __DIR__.'/../../../clients/php/src/'.strtr(substr($class, strlen('VaultMock\\')), '\\', '/').'.php';
        if (str_starts_with($class, 'VaultMock\\') && is_file($file)) {
            require $file;
        }
    });
    Illuminate\Support\Facades\Http::swap(new Illuminate\Http\Client\Factory());
}

namespace Tests {
    abstract class TestCase extends \PHPUnit\Framework\TestCase
    {
    }
}

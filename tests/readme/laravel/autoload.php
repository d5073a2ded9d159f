<?php
// What Laravel brings, of what the page's test uses: its HTTP client and façade, as Debian packages them, and the class
// that its tests extend.

namespace {
    require '/usr/share/php/GuzzleHttp/autoload.php';
    require '/usr/share/php/Illuminate/Http/autoload.php';
    Illuminate\Support\Facades\Http::swap(new Illuminate\Http\Client\Factory());
}

namespace Tests {
    abstract class TestCase extends \PHPUnit\Framework\TestCase
    {
    }
}

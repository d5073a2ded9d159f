<?php

// The classes of the package in the folder CLIENT, as its composer.json has them, and those of the tests.

spl_autoload_register(function (string $class): void {
    $folders = ['VaultMock\\' => getenv('CLIENT').'/src/', 'Suite\\' => __DIR__.'/suite/'];
    foreach ($folders as $prefix => $folder) {
        $file = $folder.str_replace('\\', '/', substr($class, strlen($prefix))).'.php';
        if (str_starts_with($class, $prefix) && is_file($file)) {
            require $file;
        }
    }
});

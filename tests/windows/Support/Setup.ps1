# Dot-sourced by BeforeAll of every file: what run.ps1 has prepared, and a folder for warehouses, whose path is one that people would give it.

$prepared = $env:LOYALTY_TEST_WINDOWS
$reference = Join-Path $prepared reference
$package = Join-Path $prepared 'Programme für alle' LoyaltyPipeline
$manifest = Join-Path $package LoyaltyPipeline.psd1
$here = Join-Path $prepared 'Übung & Größe'
$null = New-Item -ItemType Directory $here -Force

# Dot-sourced by BeforeAll of every file, so that each can be run alone: the module, and what Warehouses.psm1 shares.

Import-Module "$PSScriptRoot/../../../LoyaltyPipeline.psd1"
Import-Module "$PSScriptRoot/Warehouses.psm1"

# The variable is a default that a test may set; what the machine has in it is nothing that tests may write into.
$env:LOYALTY_WAREHOUSE = ''
$manifest = (Resolve-Path "$PSScriptRoot/../../../LoyaltyPipeline.psd1").Path

# The last day of the sample.
$day = [datetime]'2026-06-30'

# How many sources the catalog declares.
$sources = @(Select-String -Path "$PSScriptRoot/../../../sql/catalog.yml" -Pattern '^\s+kind: source$').Count

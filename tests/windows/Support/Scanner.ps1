# Dot-sourced by BeforeAll of tests in which somebody else has files open.

if (-not ('LoyaltyPipeline.TestSupport.FileScanner' -as [type])) { Add-Type -Path "$PSScriptRoot/FileScanner.cs" }

<#
.SYNOPSIS
Holds each file that appears in a folder for three seconds, or as long as is said. What it emits is to be disposed of.
#>
function Start-FileScanner([string] $Folder, [timespan] $Hold = '00:00:03') { [LoyaltyPipeline.TestSupport.FileScanner]::new($Folder, $Hold) }

# Support/FileScanner.cs, which stands for a virus scanner: in Windows nobody can delete, rename or replace what it holds.

BeforeAll {
    . "$PSScriptRoot/Support/Setup.ps1"
    . "$PSScriptRoot/Support/Scanner.ps1"
    $folder = Join-Path $here scanned
    $null = New-Item -ItemType Directory (Join-Path $folder below)
    $old = Join-Path $folder old
    $new = Join-Path $folder below new
    Set-Content -LiteralPath $old 'was there'

    function Wait-Scanned([string] $Path) { while ($scanner.Scanned -notcontains $Path) { Start-Sleep -Milliseconds 10 } }
}

Describe 'A scanner' {
    It 'keeps others from deleting, renaming, replacing and writing a new file, and not from reading it' {
        $scanner = Start-FileScanner $folder ([System.Threading.Timeout]::InfiniteTimeSpan)
        try {
            Set-Content -LiteralPath $new 'is new'
            Wait-Scanned $new
            $inUse = '*used by another process*'
            { [System.IO.File]::Delete($new) } | Should -Throw $inUse
            { [System.IO.File]::Move($new, "$new er") } | Should -Throw $inUse
            { [System.IO.File]::Move($old, $new, $true) } | Should -Throw
            { [System.IO.File]::AppendAllText($new, 'more') } | Should -Throw $inUse
            & ([System.Environment]::ProcessPath) -NoProfile -NonInteractive -Command "try { [System.IO.File]::Delete('$new') } catch { exit 7 }"
            $LASTEXITCODE | Should -Be 7
            [System.IO.File]::ReadAllText($new) | Should -BeLike 'is new*'
            $scanner.Scanned | Should -Be $new
        }
        finally {
            $scanner.Dispose()
        }

        [System.IO.File]::Delete($new)
        $new | Should -Not -Exist
    }

    It 'lets go after a while, and looks again at what has come under the same name' {
        $scanner = Start-FileScanner $folder ([timespan]::FromMilliseconds(50))
        try {
            foreach ($text in 'first', 'the second') {
                Set-Content -LiteralPath $new $text
                while ($scanner.Scanned.Count -lt ($text -eq 'first' ? 1 : 2)) { Start-Sleep -Milliseconds 10 }
                while (Test-Path -LiteralPath $new) { try { [System.IO.File]::Delete($new) } catch [System.IO.IOException] { Start-Sleep -Milliseconds 10 } }
            }

            $scanner.Scanned | Should -Be $new, $new
        }
        finally {
            $scanner.Dispose()
        }
    }
}

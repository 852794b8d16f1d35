# Types the tour as a user does, statement by statement, and keeps what a window of 80 columns shows of each.
param(
    # A file of JSON: a list of blocks.
    [string] $Blocks,

    # What was seen, a text for each block, goes here as JSON.
    [string] $Seen,

    # The real PowerShell, program and first arguments.
    [string[]] $PowerShell
)

$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'

# On a terminal of 80 columns, as a user has it: script(1) makes one.
function pwsh {
    $words = @($PowerShell) + $args | ForEach-Object { "'" + "$_".Replace("'", "'\''") + "'" }
    $seen = '' | script --quiet --return --command "stty cols 80 rows 200; NO_COLOR=1 exec $words" /dev/null
    # What keys send is asked of the terminal.
    $seen -replace '\e(\[\?1[hl]|[=>])'
}

function Show($written) {
    $text = $written | Out-String -Width 80
    if ($text.Trim()) { $text.TrimEnd() -replace '^(\s*\n)+' }
}

$seenOfBlocks = foreach ($block in Get-Content -Raw $Blocks | ConvertFrom-Json) {
    $parsed = [System.Management.Automation.Language.Parser]::ParseInput($block, [ref] $null, [ref] $null)
    # Assigned in parentheses or not, what a statement leaves in variables stays for the next.
    $shown = foreach ($statement in $parsed.EndBlock.Statements) { Show @(. ([scriptblock]::Create($statement.Extent.Text)) 2>&1 3>&1 6>&1) }
    [string] ($shown -join "`n`n")
}
ConvertTo-Json -InputObject @($seenOfBlocks) | Set-Content $Seen

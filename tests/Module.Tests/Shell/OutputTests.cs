using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Shell;

public sealed class OutputTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("")]
    [InlineData("exit 3")]
    public async Task Tables_come_from_the_format_file_of_the_module(string ending)
    {
        WriteModule();
        var script = _folder.Write("run.ps1", "Import-Module $PSScriptRoot/Fruit/Fruit.psd1; Get-Fruit; " + ending);

        var result = await ShellProcess.RunAsync(script);

        Assert.Empty(result.Error);
        Assert.Equal(["", "Fruit Pieces", "----- ------", "apple      3", "pear      12"], result.OutputLines);
    }

    [Fact]
    public async Task Output_that_the_formatter_holds_back_is_not_lost_at_exit()
    {
        var script = _folder.Write("run.ps1", "[pscustomobject]@{ First = 1; Second = 'x' }; exit 3");

        var result = await ShellProcess.RunAsync(script);

        Assert.Contains("First Second", result.Output, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task Each_stream_goes_where_pipes_expect_it()
    {
        var script = _folder.Write("run.ps1", """
            [CmdletBinding()]param()
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            'result'
            $host.UI.WriteLine('host')
            $host.UI.WriteLine('Red', 'Black', 'coloured')
            $PSCmdlet.WriteVerbose('more')
            $PSCmdlet.WriteDebug('most')
            $PSCmdlet.WriteInformation('news', @())
            $PSCmdlet.WriteWarning('careful')
            """);

        var result = await ShellProcess.RunAsync(script);

        Assert.Equal(["result", "host", "coloured", "VERBOSE: more", "DEBUG: most", "news"], result.OutputLines);
        Assert.Equal("WARNING: careful", result.Error.TrimEnd());
    }

    [Fact]
    public async Task An_error_is_one_message_with_its_remedy_and_the_run_goes_on()
    {
        var script = _folder.Write("run.ps1", """
            [CmdletBinding()]param()
            $e = [System.Management.Automation.ErrorRecord]::new([Exception]::new('raw'), 'RunLocked', 'ResourceBusy', 'x')
            $e.ErrorDetails = [System.Management.Automation.ErrorDetails]::new('Another run holds the lock.')
            $e.ErrorDetails.RecommendedAction = 'Wait for it.'
            $PSCmdlet.WriteError($e)
            'went on'
            """);

        var result = await ShellProcess.RunAsync(script);

        Assert.Equal("run.ps1: Another run holds the lock.\n  Recommendation: Wait for it.", result.Error.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("went on", result.Output.TrimEnd());
    }

    [Fact]
    public async Task An_uncaught_error_says_where_it_was_thrown()
    {
        var script = _folder.Write("run.ps1", "'before'\nfunction f {\n  throw 'boom'\n}\nf\n'after'");

        var result = await ShellProcess.RunAsync(script);

        Assert.Contains($"Exception: {script}:3", result.Error, StringComparison.Ordinal);
        Assert.Contains("| boom", result.Error, StringComparison.Ordinal);
        Assert.Equal("before", result.Output.TrimEnd());
    }

    [Fact]
    public async Task A_text_that_is_no_script_is_shown_with_the_place_of_its_error()
    {
        var result = await new ShellProcess { Input = "'first'\n'second'\n'third' )" }.RunShellAsync();

        Assert.Contains("   3 |  'third' )", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task No_control_sequence_reaches_a_file()
    {
        var script = _folder.Write("run.ps1", """
            [CmdletBinding()]param()
            $host.UI.RawUI.WindowTitle = 'title'
            $host.UI.WriteLine('Red', 'Black', 'coloured')
            "$($PSStyle.Foreground.Green)green$($PSStyle.Reset)"
            [pscustomobject]@{ First = 1 }
            $VerbosePreference = 'Continue'
            $PSCmdlet.WriteVerbose('more')
            $PSCmdlet.WriteWarning('careful')
            $p = [System.Management.Automation.ProgressRecord]::new(1, 'Loading', 'a table')
            $PSCmdlet.WriteProgress($p)
            Get-Nothing
            throw 'boom'
            """);
        var shell = new ShellProcess { Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TERM"] = "xterm-256color" } };

        var result = await shell.RunShellAsync(script);

        Assert.Contains("coloured", result.Output, StringComparison.Ordinal);
        Assert.Contains("green", result.Output, StringComparison.Ordinal);
        Assert.Contains("boom", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
        Assert.DoesNotContain('\e', result.Error);
        Assert.DoesNotContain("Loading", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_commands_write_to_the_shells_own_streams_and_can_be_captured()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses sh.");
        var result = await ShellProcess.RunAsync("-c", "$c = sh -c 'echo captured'; sh -c 'echo direct; echo wrong >&2'; \"got $c\"");

        Assert.Equal(["direct", "got captured"], result.OutputLines);
        Assert.Equal("wrong", result.Error.TrimEnd());
    }

    public void Dispose() => _folder.Dispose();

    private void WriteModule()
    {
        _folder.Write("Fruit/Fruit.psd1", "@{ ModuleVersion = '1.0'; RootModule = 'Fruit.psm1'; FormatsToProcess = 'Fruit.Format.ps1xml' }");
        _folder.Write("Fruit/Fruit.psm1", """
            function Get-Fruit {
                [pscustomobject]@{ PSTypeName = 'Test.Fruit'; Name = 'apple'; Count = 3; Hidden = 1 }
                [pscustomobject]@{ PSTypeName = 'Test.Fruit'; Name = 'pear'; Count = 12; Hidden = 1 }
            }
            """);
        _folder.Write("Fruit/Fruit.Format.ps1xml", """
            <Configuration><ViewDefinitions><View>
              <Name>Fruit</Name>
              <ViewSelectedBy><TypeName>Test.Fruit</TypeName></ViewSelectedBy>
              <TableControl>
                <AutoSize/>
                <TableHeaders>
                  <TableColumnHeader><Label>Fruit</Label></TableColumnHeader>
                  <TableColumnHeader><Label>Pieces</Label><Alignment>Right</Alignment></TableColumnHeader>
                </TableHeaders>
                <TableRowEntries><TableRowEntry><TableColumnItems>
                  <TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem>
                  <TableColumnItem><PropertyName>Count</PropertyName></TableColumnItem>
                </TableColumnItems></TableRowEntry></TableRowEntries>
              </TableControl>
            </View></ViewDefinitions></Configuration>
            """);
    }
}

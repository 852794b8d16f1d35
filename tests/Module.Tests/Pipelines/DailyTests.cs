using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Pipelines;

/// <summary>
/// The daily run as a scheduled job starts it: in a process without terminal, from a working directory elsewhere, nobody there to answer.
/// </summary>
public sealed class DailyTests : IDisposable
{
    private const string Day = SampleWarehouse.Day;

    private static readonly string Script = RepositoryRoot.Combine("module/pipelines/Daily.ps1");

    private static readonly Lazy<byte[]> Sampled = new(Sample);

    private readonly ScratchFolder _folder = new();
    private readonly ScratchFolder _elsewhere = new();

    public DailyTests() => File.WriteAllBytes(Warehouse, Sampled.Value);

    private string Warehouse => PathOf("w.duckdb");

    private string Drop => PathOf("drop");

    [Fact]
    public async Task A_sound_run_delivers_and_ends_with_0_and_again_changes_nothing()
    {
        var first = await RunProcessAsync();
        var published = FolderContent.Of(Drop);
        var second = await RunProcessAsync();

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.Contains("delivered to 2 of 2 consumers", first.Output, StringComparison.Ordinal);
        Assert.Matches(
            @"^[0-9]+ checks: [0-9]+ passed, 0 failed, 0 warnings, [0-9]+ skipped; delivered to 2 of 2 consumers$",
            first.Output.TrimEnd().Split('\n')[^1].TrimEnd());
        Assert.Single(first.Output.Split('\n'), line => line.Contains(" checks: ", StringComparison.Ordinal));
        // Each kind of result has its table.
        Assert.Matches(@"RunDate +Outcome +Users [\s\S]+ Written [\s\S]+RunDate +Consumer +Segment [\s\S]+ Published [\s\S]+Verdict +: All is well, as of 2026-06-30\.",
            first.Output);
        Assert.Single(
            first.Output.Split('\n'),
            line => line.StartsWith("RunDate", StringComparison.Ordinal) && line.Contains("Consumer", StringComparison.Ordinal));
        Assert.Equal(2, Manifests().Count);
        Assert.Equal(published, FolderContent.Of(Drop));
        Assert.Equal(
            ["Deliver Succeeded", "Deliver Succeeded", "Deliver Succeeded", "Deliver Succeeded", "Merge Succeeded", "Merge Succeeded",
                "Test Succeeded", "Test Succeeded"], Kinds());
        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere.Path));
    }

    [Fact]
    [Unix("The encoding of a console is not a variable there.")]
    public async Task What_it_writes_into_a_file_is_UTF_8_whatever_the_console_has()
    {
        var latin = new PwshProcess
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LC_ALL"] = "de_DE.ISO-8859-1" },
            WorkingDirectory = _elsewhere.Path,
        };

        var result = await latin.RunPwshAsync("-NonInteractive", "-File", Script, "-Warehouse", PathOf("Übergabe/w.duckdb"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Übergabe", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Landing_files_are_imported_first()
    {
        File.Delete(Warehouse);
        Prepare(
            $"$null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample -Users 300 -Days 60 -Path '{PathOf("landing")}'");

        var result = Run(["-Landing", PathOf("landing")]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(2, Manifests().Count);
    }

    [Theory]
    [InlineData("odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}", "300 rows: is odd", "1 failed, 0 warnings,")]
    [InlineData(
        "odd: {description: cannot be made, query: \"SELECT CAST('x' || USER_ID AS INTEGER) FROM LOYALTY.MASTER\"}", "could not be made",
        "0 failed, 1 could not be made, 0 warnings,")]
    public void A_failed_check_keeps_everything_from_being_delivered_and_ends_with_3(string check, string said, string counted)
    {
        var result = Run(config: $"integrity: {{own_checks: {{{check}}}}}");

        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        Assert.Contains("own.odd", result.Output, StringComparison.Ordinal);
        Assert.Contains(said, result.Output, StringComparison.Ordinal);
        Assert.Contains(counted, result.Output, StringComparison.Ordinal);
        Assert.Contains("skipped; nothing was delivered", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Drop));
        Assert.Equal(["Merge Succeeded", "Test Succeeded"], Kinds());
    }

    [Fact]
    public void The_dashboard_is_made_whatever_came_of_the_run()
    {
        string[] dashboard = ["-Dashboard", PathOf("dashboard.html")];
        var failing = Run(
            dashboard, config: "integrity: {own_checks: {odd: {description: is odd, query: SELECT USER_ID FROM LOYALTY.MASTER}}}");
        var shown = File.ReadAllText(PathOf("dashboard.html"));
        Prepare("Invoke-ProbeSql 'DELETE FROM DW_A.USER_PROFILE WHERE USER_ID % 2 = 0'");
        var stopped = Run(dashboard);

        Assert.Equal((3, ""), (failing.ExitCode, failing.Error));
        Assert.Contains("own.odd", shown, StringComparison.Ordinal);
        Assert.Equal(1, stopped.ExitCode);
        Assert.DoesNotContain("GuardTripped", shown, StringComparison.Ordinal);
        Assert.Contains("GuardTripped", File.ReadAllText(PathOf("dashboard.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Dashboard", "nowhere/dashboard.html", "nowhere")]
    [InlineData("-OutFile", "nowhere/checks.json", "nowhere")]
    [InlineData("-OutFile", "checks.txt", "checks.txt")]
    public void What_cannot_be_written_is_known_before_anything_is_merged(string parameter, string path, string said)
    {
        var result = Run([parameter, PathOf(path)]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Empty(Kinds());
        Assert.False(Directory.Exists(Drop));
    }

    [Fact]
    public void The_session_that_calls_it_keeps_its_warehouse()
    {
        File.Copy(Warehouse, PathOf("other.duckdb"));
        using var session = new ModuleRunspace();
        var result = session.Run(
            $"$mine = Connect-LoyaltyWarehouse '{PathOf("other.duckdb")}'; & '{Script}' -Warehouse '{Warehouse}' -Config '{Config(Drop, "")}' -RunDate {Day} -Consumer @() *> $null; $LASTEXITCODE; $mine.IsOpen; @(Get-LoyaltyRun).Count; @(Get-LoyaltyRun -Warehouse '{Warehouse}').Count");

        // Both have the run that made the sample.
        Assert.Equal([0, true, 1, 3], result.Succeeded().Output);
    }

    [Fact]
    [Unix("There are no signals to send.")]
    public async Task Interrupted_it_ends_with_1()
    {
        // A run that waits for another can be interrupted as late as one likes.
        using var session = ModuleRunspace.WithProbes();
        session.Run($"$null = Connect-LoyaltyWarehouse '{Warehouse}'").Succeeded();
        using var process = new PwshProcess { WorkingDirectory = _elsewhere.Path }.StartPwsh(
            ["-NonInteractive", "-File", Script, .. Arguments(["-LockTimeout", "00:05:00", "-Verbose"], marketing: null, config: "")]);
        await process.WaitForTextAsync("Importing cmdlet 'Get-LoyaltyRun'");
        await process.SignalAsync("INT");

        var ended = await process.WaitAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.DoesNotContain("checks:", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_what_was_written_before_keeps_everything_from_being_delivered()
    {
        Prepare($"$null = Invoke-LoyaltyMerge {Day}; Invoke-ProbeSql 'INSERT INTO LOYALTY.SNAPSHOT SELECT * FROM LOYALTY.SNAPSHOT'");

        var result = Run();

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("LOYALTY.SNAPSHOT", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Drop));
    }

    [Fact]
    public void Warnings_alone_deliver_and_end_with_2()
    {
        var result = Run(
            config: "integrity: {own_checks: {odd: {description: is odd, warn: 0, query: SELECT USER_ID FROM LOYALTY.MASTER}}}");

        Assert.Equal((2, ""), (result.ExitCode, result.Error));
        Assert.Contains("own.odd", result.Output, StringComparison.Ordinal);
        Assert.Contains("0 failed, 1 warning, ", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, Manifests().Count);
    }

    // A reader of exit codes who starts it so sees a failed run where there are warnings, and never the other way round.
    [Theory]
    [InlineData("", 1)]
    [InlineData("; exit $LASTEXITCODE", 2)]
    public async Task A_command_that_starts_it_ends_with_1_unless_it_hands_the_code_on(string ending, int exitCode)
    {
        var arguments = Arguments(
            [], marketing: null,
            "integrity: {own_checks: {odd: {description: is odd, warn: 0, query: SELECT USER_ID FROM LOYALTY.MASTER}}}");

        var result = await new PwshProcess { WorkingDirectory = _elsewhere.Path }.RunPwshAsync(
            "-Command", $"& '{Script}' {string.Join(' ', arguments)}{ending}");

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Error));
        Assert.Equal(2, Manifests().Count);
    }

    [Fact]
    public void A_run_that_cannot_begin_ends_with_1_and_makes_no_file()
    {
        var missing = Run(["-Warehouse", PathOf("other.duckdb")]);
        var landing = Run(["-Landing", PathOf("nowhere")]);

        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("other.duckdb", missing.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("other.duckdb")));
        Assert.Equal(1, landing.ExitCode);
        Assert.Contains("nowhere", landing.Error, StringComparison.Ordinal);
        Assert.Empty(Kinds());
    }

    // A parameter that there is not, one that may be either of two, one without its value, one value too many, and values that are none of
    // their kind.
    [Theory]
    [InlineData("Landung", "-Landung", "x")]
    [InlineData("'L'", "-L", "x")]
    [InlineData("Landing", "-Landing")]
    [InlineData("'extra'", "extra")]
    [InlineData("'yesterday' is not a day", "-RunDate", "yesterday")]
    [InlineData("soon", "-LockTimeout", "soon")]
    public async Task A_slip_in_the_call_ends_with_1_as_well(string said, params string[] slip)
    {
        var result = await RunProcessAsync(slip);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Empty(Kinds());
    }

    [Fact]
    public void What_has_to_be_looked_into_comes_before_what_the_next_try_may_settle()
    {
        File.WriteAllText(PathOf("file"), "in the way");
        const string Warning = "integrity: {own_checks: {odd: {description: is odd, warn: 0, query: SELECT USER_ID FROM LOYALTY.MASTER}}}";
        var warnedAndUndelivered = Run(marketing: PathOf("file"), config: Warning);

        Assert.Equal(1, warnedAndUndelivered.ExitCode);
        Assert.Contains("delivered to 1 of 2 consumers", warnedAndUndelivered.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_goes_into_a_file_has_no_escape_codes()
    {
        File.WriteAllText(PathOf("file"), "in the way");

        // Tables, a warning, an error.
        var result = await RunProcessAsync(
            ["-RunDate", "2026-06-29"], marketing: PathOf("file"),
            config: "integrity: {own_checks: {odd: {description: is odd, warn: 0, query: SELECT USER_ID FROM LOYALTY.MASTER}}}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("own.odd", result.Output, StringComparison.Ordinal);
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Theory]
    [InlineData("Marketing, CustomerSuccess", 2)]
    [InlineData("CustomerSuccess", 1)]
    [InlineData("", 0)]
    public void A_command_line_names_consumers_in_one_text(string consumers, int delivered)
    {
        var result = Run(["-Consumer", consumers]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"delivered to {delivered} of {delivered} consumers", result.Output, StringComparison.Ordinal);
        Assert.Equal(delivered, Directory.Exists(Drop) ? Manifests().Count : 0);
    }

    [Fact]
    public void A_merge_that_a_guard_stops_ends_with_1_and_delivers_nothing()
    {
        Prepare(
            $"$null = Invoke-LoyaltyMerge ([DateOnly]'{Day}').AddDays(-1); Invoke-ProbeSql 'DELETE FROM DW_A.USER_PROFILE WHERE USER_ID % 2 = 0'");

        var result = Run();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("was stopped", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Drop));
        Assert.DoesNotContain("Test Succeeded", Kinds());
    }

    [Fact]
    public void A_consumer_that_cannot_be_reached_ends_with_1_and_the_other_is_delivered()
    {
        File.WriteAllText(PathOf("file"), "in the way");

        var result = Run(marketing: PathOf("file"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"The destination {PathOf("file")}", result.Error, StringComparison.Ordinal);
        Assert.Contains("delivered to 1 of 2 consumers", result.Output, StringComparison.Ordinal);
        Assert.Contains("CustomerSuccess", Assert.Single(Manifests()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_run_that_holds_the_warehouse_ends_it_with_4()
    {
        using var session = new ModuleRunspace();
        session.Run($"$null = Connect-LoyaltyWarehouse '{Warehouse}'").Succeeded();

        var result = await RunProcessAsync();

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("-LockTimeout", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Drop));
    }

    [Fact]
    public async Task The_variable_names_the_warehouse()
    {
        var shell = new PwshProcess
        {
            WorkingDirectory = _elsewhere.Path,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LOYALTY_WAREHOUSE"] = Warehouse },
        };

        var result = await shell.RunPwshAsync("-File", Script, "-Config", Config(Drop, ""), "-RunDate", Day, "-Consumer", "");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["Merge Succeeded", "Test Succeeded"], Kinds());
    }

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    private static byte[] Sample()
    {
        using var session = new ModuleRunspace();
        session.Run(
            $"$null = Connect-LoyaltyWarehouse t.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample -Users 300 -Days 60; Disconnect-LoyaltyWarehouse").Succeeded();
        return File.ReadAllBytes(session.PathOf("t.duckdb"));
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private Task<ProcessResult> RunProcessAsync(params string[] more) => RunProcessAsync(more, marketing: null);

    private Task<ProcessResult> RunProcessAsync(string[] more, string? marketing, string config = "") =>
        new PwshProcess { WorkingDirectory = _elsewhere.Path }.RunPwshAsync(["-File", Script, .. Arguments(more, marketing, config)]);

    /// <summary>As a script of the session: the same work and the same codes, without what a process costs.</summary>
    private ProcessResult Run(string[]? more = null, string? marketing = null, string config = "")
    {
        var arguments = Arguments(more ?? [], marketing, config).Select(argument => argument.StartsWith('-') ? argument : $"'{argument}'");
        using var session = new ModuleRunspace();
        var result = session.Run($"Set-Location '{_elsewhere.Path}'; & '{Script}' {string.Join(' ', arguments)}; $LASTEXITCODE");
        Assert.Null(result.TerminatingError);
        return new ProcessResult(
            (int)result.Output[^1], string.Join('\n', [result.HostText, .. result.Output.SkipLast(1)]),
            string.Join('\n', result.Errors.Select(error => error.ToString())));
    }

    private string[] Arguments(string[] more, string? marketing, string config)
    {
        string[] named = more.Contains("-Warehouse", StringComparer.Ordinal) ? [] : ["-Warehouse", Warehouse];
        string[] day = more.Contains("-RunDate", StringComparer.Ordinal) ? [] : ["-RunDate", Day];
        return [.. named, "-Config", Config(marketing ?? Drop, config), .. day, .. more];
    }

    private string Config(string marketing, string more) =>
        _folder.Write(
            "pipeline.yml",
            $"consumers:\n  Marketing: {{destination: '{marketing}'}}\n  CustomerSuccess: {{destination: '{Drop}'}}\n{more}\n");

    private void Prepare(string script)
    {
        using var session = ModuleRunspace.WithProbes();
        session.Run($"$null = Connect-LoyaltyWarehouse '{Warehouse}'; {script}; Disconnect-LoyaltyWarehouse").Succeeded();
    }

    private List<string> Manifests() => [.. Directory.EnumerateFiles(Drop, "manifest.json", SearchOption.AllDirectories)];

    // But for the sample, which is there before.
    private List<string> Kinds()
    {
        using var session = new ModuleRunspace();
        return [.. session
            .Run(
                $"Get-LoyaltyRun -Warehouse '{Warehouse}' | Where-Object Kind -NE Sample | ForEach-Object {{ \"$($_.Kind) $($_.Status)\" }}")
                .Succeeded().Output.Cast<string>().Order(StringComparer.Ordinal)];
    }
}

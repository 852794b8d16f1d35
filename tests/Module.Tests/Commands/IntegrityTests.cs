using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Test-PipelineIntegrity as it is called.</summary>
public sealed class IntegrityTests
{
    private const string Duplicate =
        "$null = Invoke-ProbeSql 'INSERT INTO LOYALTY.MASTER SELECT * FROM LOYALTY.MASTER WHERE USER_ID = 3 RETURNING USER_ID'";

    [Fact]
    public void Results_are_kept_and_failing_since_is_told()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run(Duplicate).Succeeded();

        var first =
            session.Run("$a = Test-PipelineIntegrity -Check LOYALTY.MASTER.unique; $a.Status.ToString(); $a.FailedSince -eq $a.CheckedAt")
                .Succeeded().Output;
        var second =
            session.Run("$b = Test-PipelineIntegrity -Check LOYALTY.MASTER.unique; $b.Status.ToString(); $b.FailedSince -eq $a.CheckedAt")
                .Succeeded().Output;

        Assert.Equal(["Failed", true], first);
        Assert.Equal(["Failed", true], second);
        Assert.Equal(["2"], session.Query("SELECT COUNT(*) FROM LOYALTY.CHECK_RESULT WHERE STATUS = 'Failed'"));
        Assert.Equal(["Test Test"], session.Run("(Get-LoyaltyRun -Kind Test).Kind -join ' '").Succeeded().Output);
    }

    [Fact]
    public void What_did_not_pass_comes_last_the_worst_at_the_end_and_one_line_sums_all_up()
    {
        using var session = Faulty();

        var result = session.Run("Test-PipelineIntegrity").Succeeded();

        var statuses = result.Output.Select(one => (string)((dynamic)one).Status.ToString()).ToList();
        int[] bad = [statuses.Count(status => status == "Warning"), statuses.Count(status => status == "Failed"),
            statuses.Count(status => status == "Error")];
        Assert.All(bad, count => Assert.True(count > 0, string.Join(' ', bad)));
        Assert.Equal(
            [.. Enumerable.Repeat("Warning", bad[0]), .. Enumerable.Repeat("Failed", bad[1]), .. Enumerable.Repeat("Error", bad[2])],
            statuses[^bad.Sum()..]);
        Assert.Contains("Skipped", statuses[..^bad.Sum()]);
        var line =
            $"{statuses.Count} checks: {statuses.Count(status => status == "Passed")} passed, {bad[1]} failed, {bad[2]} could not be made, {bad[0]} warnings, {statuses.Count(status => status == "Skipped")} skipped";
        Assert.Equal(line, result.HostText);
        Assert.Equal(
            statuses.Count,
            result.Records.TakeWhile(record => record.Stream is not (StreamKind.Host or StreamKind.Information))
                .Count(record => record.Stream == StreamKind.Output));
    }

    [Fact]
    public void The_line_is_of_the_information_stream()
    {
        using var session = SampleWarehouse.OpenMerged();
        const string Test = "Test-PipelineIntegrity -Check LOYALTY.MASTER.unique";

        Assert.Equal(
            ["1 check: 1 passed, 0 failed, 0 warnings, 0 skipped"],
            session.Run($"$null = {Test} -InformationVariable said 6> $null; $said.MessageData.Message").Succeeded().Output);
        foreach (var silent in (string[])[$"{Test} -InformationAction Ignore", $"{Test} 6> $null"])
            Assert.Equal((1, string.Empty), (session.Run(silent).Succeeded().Output.Count, session.Run(silent).HostText));
        Assert.Equal(
            "2 checks: 2 passed, 0 failed, 0 warnings, 0 skipped",
            session.Run(
                "[pscustomobject]@{ Table = 'MASTER' }, [pscustomobject]@{ Table = 'HISTORY' } | Test-PipelineIntegrity -Suite Master, History -Check *.unique").Succeeded().HostText);
        // Who has enough is told nothing of all.
        Assert.Empty(session.Run("do { Test-PipelineIntegrity | ForEach-Object { break } } while ($false)").Succeeded().HostText);
    }

    [Fact]
    public void NotPassed_emits_only_what_did_not_pass()
    {
        using var session = Faulty();

        var all = session.Run("Test-PipelineIntegrity").Succeeded();
        var some = session.Run("Test-PipelineIntegrity -NotPassed").Succeeded();

        Assert.Equal(
            all.Output.Where(one => ((dynamic)one).Status.ToString() is "Warning" or "Failed" or "Error")
                .Select(one => (string)((dynamic)one).CheckId),
            some.Output.Select(one => (string)((dynamic)one).CheckId));
        Assert.Equal(all.HostText, some.HostText);
    }

    [Theory]
    [InlineData("Test-PipelineIntegrity -Suite Master -Quiet", false)]
    [InlineData("Test-PipelineIntegrity -Suite Master -Check own.odd -Quiet", false)]
    [InlineData("Test-PipelineIntegrity -Check DW_A.USER_PROFILE.*.accepted_values -Quiet", true)]
    [InlineData(
        "[pscustomobject]@{ Table = 'MASTER' }, [pscustomobject]@{ Table = 'HISTORY' } | Test-PipelineIntegrity -Check *.unique -Quiet",
        false)]
    [InlineData(
        "[pscustomobject]@{ Table = 'SNAPSHOT' }, [pscustomobject]@{ Table = 'HISTORY' } | Test-PipelineIntegrity -Check *.unique -Quiet",
        true)]
    [InlineData("@() | Test-PipelineIntegrity -Quiet", false)]
    public void Quiet_is_one_Boolean_and_nothing_else(string script, bool expected)
    {
        using var session = Faulty();

        var result = session.Run(script).Succeeded();

        Assert.Equal([expected], result.Output);
        Assert.Empty(result.HostText);
    }

    [Fact]
    public void Quiet_keeps_errors_errors()
    {
        using var session = SampleWarehouse.OpenMerged();

        var result = session.Run("Test-PipelineIntegrity -Warehouse nowhere.duckdb -Quiet");

        Assert.Equal("WarehouseNotInitialized", result.ErrorId);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void What_was_found_before_an_error_is_emitted()
    {
        using var session = Faulty();

        var result = session.Run(
            "[pscustomobject]@{ Table = 'MASTER' }, [pscustomobject]@{ Table = 'MASTER'; Warehouse = 'nowhere.duckdb' } | Test-PipelineIntegrity -Check *.unique");

        Assert.Equal("WarehouseNotInitialized", result.ErrorId);
        Assert.Equal(["LOYALTY.MASTER.unique"], result.Output.Select(one => ((dynamic)one).CheckId));
    }

    [Fact]
    public void With_WhatIf_the_checks_are_made_and_nothing_is_kept()
    {
        using var session = SampleWarehouse.OpenMerged();
        var before = session.Content();

        var results = session.Run("Test-PipelineIntegrity -WhatIf").Succeeded().Output;

        Assert.True(results.Count > 400, $"{results.Count} results");
        Assert.Equal(before, session.Content());
    }

    [Fact]
    public void Warnings_are_no_error_of_FailOn_Error()
    {
        using var session = SampleWarehouse.OpenMerged();

        // A dirty sample: a few of many rows are not as they should be, which is worth a warning.
        Assert.Contains(
            "Warning",
            session.Run("(Test-PipelineIntegrity -Check DW_A.USER_PROFILE.*.accepted_values -FailOn Error).Status.ForEach{ $_.ToString() }")
                .Succeeded().Output);
        Assert.Equal(
            "IntegrityFailed", session.Run("Test-PipelineIntegrity -Check DW_A.USER_PROFILE.*.accepted_values -FailOn Warning").ErrorId);
    }

    [Fact]
    public void Samples_and_messages_say_nothing_of_a_person()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run(
            "$null = Invoke-ProbeSql \"UPDATE LOYALTY.MASTER SET EMAIL = 'jane.doe@example.com', FULL_NAME = 'Jane Doe', ACCOUNT_TYPE = 'gold' WHERE USER_ID < 9 RETURNING USER_ID\"").Succeeded();
        File.WriteAllText(
            session.PathOf("pipeline.yml"),
            "integrity: {own_checks: {all: {description: is there, query: SELECT * FROM LOYALTY.MASTER WHERE USER_ID < 9}}}");

        var result = session.Run("Test-PipelineIntegrity -Suite Master -OutFile r.json | ForEach-Object { $_.Message; $_.Sample; $_.Sql }");

        var said = string.Join('\n', result.Succeeded().Output) + File.ReadAllText(session.PathOf("r.json"))
            + string.Join('\n', session.Query("SELECT MESSAGE FROM LOYALTY.CHECK_RESULT"));
        Assert.Contains("USER_ID=3", said, StringComparison.Ordinal);
        Assert.DoesNotContain("jane.doe", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Jane Doe", said, StringComparison.Ordinal);
    }

    // A sample with what is worth a warning, a check that fails and one that cannot be made.
    private static ModuleRunspace Faulty()
    {
        var session = SampleWarehouse.OpenMerged();
        session.Run(Duplicate).Succeeded();
        File.WriteAllText(
            session.PathOf("pipeline.yml"), "integrity: {own_checks: {odd: {description: is odd, query: SELECT * FROM NOWHERE}}}");
        return session;
    }
}

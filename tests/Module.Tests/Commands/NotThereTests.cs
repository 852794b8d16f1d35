using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>
/// One behaviour for what is not there: a name in full is an error after which the rest goes on, a pattern has found nothing.
/// </summary>
public sealed class NotThereTests(NotThereTests.Fixture fixture) : IClassFixture<NotThereTests.Fixture>
{
    private readonly ModuleRunspace _session = fixture.Session;

    /// <summary>Command, parameter, a name that there is, one that there is not, the error; each takes lists and patterns.</summary>
    public static TheoryData<string, string, string, object, string> Lists { get; } = new()
    {
        { "Get-LoyaltyRun", "RunId", "$run", "none", "RunNotFound" },
        { "Get-LoyaltyAudit", "RunId", "$run", "none", "RunNotFound" },
        { "Get-LoyaltyQuarantine", "RunId", "$run", "none", "RunNotFound" },
        { "Get-LoyaltyQuarantine", "Table", "USER_ACTIVITY", "GUEST_BOOK", "SourceTableUnknown" },
        { "Get-LoyaltySource", "Table", "USER_ACTIVITY", "GUEST_BOOK", "SourceTableUnknown" },
        { "Get-LoyaltyHistory -Between 2026-06-29, 2026-06-30", "Column", "ENGAGEMENT_SCORE", "SHOE_SIZE", "ColumnUnknown" },
        { "Get-EngagementSegment", "Region", "$one.RegionCode", "Atlantis", "RegionNotFound" },
        { "Get-FeatureAdoption", "Region", "$one.RegionCode", "Atlantis", "RegionNotFound" },
        { "Get-FeatureAdoption", "Module", "$one.ModuleName", "Alchemy", "ModuleNotFound" },
        { "Get-FeatureAdoption", "Feature", "$one.FeatureName", "Gold", "FeatureNotFound" },
        { "Get-SegmentDelivery", "Consumer", "marketing", "Sales", "ConsumerUnknown" },
        { "Get-SegmentDelivery", "RunId", "$sent", "none", "RunNotFound" },
        { "Get-SegmentDelivery", "DeliveryId", "$d.DeliveryId", "none", "DeliveryNotFound" },
        { "Test-SegmentDelivery", "Path", "drop/Marketing/HighlyEngaged", "nowhere", "DeliveryNotFound" },
        { "Test-PipelineIntegrity", "Check", "LOYALTY.MASTER.unique", "none.such", "CheckUnknown" },
        { "Test-PipelineIntegrity -Suite Master", "Table", "MASTER", "NOTHING", "CheckUnknown" },
        { "Find-LoyaltyPii", "Table", "MASTER", "NOTHING", "SourceTableUnknown" },
        { "Find-LoyaltyPii", "Path", "landing/USER_PROFILE.csv", "nowhere", "SourcePathNotFound" },
        { "Find-LoyaltyPii", "Kind", "Email", "Shoe", "PiiKindUnknown" },
        { "Test-LoyaltyConfig -Offline", "Path", "settings.yml", "nowhere", "ConfigNotFound" },
        { "Import-LoyaltySource", "Path", "landing/SUPPORT_CALLS.csv", "nowhere", "SourcePathNotFound" },
        { "Export-EngagementSegment -Destination drop", "Consumer", "marketing", "Sales", "ConsumerUnknown" },
        { "Clear-SegmentDelivery -OlderThan 2099-01-01 -Destination drop -WhatIf", "Consumer", "marketing", "Sales", "ConsumerUnknown" },
        { "Clear-SegmentDelivery -WhatIf", "DeliveryId", "$old.DeliveryId", "none", "DeliveryNotFound" },
        { "Add-LoyaltySuppression", "Path", "ids.csv", "nowhere", "SourcePathNotFound" },
        { "Remove-LoyaltySuppression", "Path", "ids.csv", "nowhere", "SourcePathNotFound" },
        { "Get-LoyaltySuppression", "Reason", "asked", "none", "SuppressionNotFound" },
        { "Export-LoyaltyExtract -Destination bi", "View", "RUN_HEALTH", "NOTHING", "ViewNotFound" },
    };

    /// <summary>The same for users by number, and for one consumer of a command that writes.</summary>
    public static TheoryData<string, object, string> Single { get; } = new()
    {
        { "Get-LoyaltyHistory 999999", 999999L, "UserNotFound" },
        { "Get-LoyaltyHistory -Between 2026-06-29, 2026-06-30 -UserId 999999", 999999L, "UserNotFound" },
        { "Get-LoyaltyUser 999999", 999999L, "UserUnknown" },
        { "Get-LoyaltySuppression 999999", 999999L, "SuppressionNotFound" },
        { "Export-EngagementSegment Sales -Destination drop", "Sales", "ConsumerUnknown" },
        { "Clear-SegmentDelivery Sales -OlderThan 2020-01-01 -Confirm:$false", "Sales", "ConsumerUnknown" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_name_in_full_is_an_error_and_the_rest_goes_on(string command, string parameter, string there, object missing, string id)
    {
        var alone = _session.Run($"{command} -{parameter} {there}").Succeeded();
        var both = _session.Run($"{command} -{parameter} {missing}, {there}");

        Assert.NotEmpty(alone.Output);
        Assert.Equal(alone.Output.Count, both.Output.Count);
        AssertMissing(both, id, parameter == "Path" ? _session.PathOf((string)missing) : missing);
        Assert.Equal(2, _session.Run($"{command} -{parameter} {missing}, {there}, {missing}2").Errors.Count);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_pattern_that_fits_nothing_has_found_nothing(string command, string parameter, string there, object missing, string id)
    {
        Assert.NotEqual(there, missing);
        Assert.NotEmpty(id);

        Assert.Empty(_session.Run($"{command} -{parameter} zz*, none?").Succeeded().Output);
    }

    [Theory]
    [MemberData(nameof(Single))]
    public void What_takes_one_name_tells_of_it_and_does_nothing(string command, object missing, string id)
    {
        var result = _session.Run($"try {{ {command} }} catch {{ 'ended' }}");

        Assert.Empty(result.Output);
        AssertMissing(result, id, missing);
    }

    [Fact]
    public void Users_that_are_there_are_shown_beside_those_that_are_not()
    {
        var result = _session.Run("999998, 3, 999999, 4 | Get-LoyaltyHistory -AsOf 2026-06-30 | ForEach-Object { $_.UserId }");

        Assert.Equal([999998L, 999999L], result.Errors.Select(error => error.TargetObject));
        Assert.Equal([3L, 4L], result.Output);
    }

    [Fact]
    public void What_is_there_but_not_of_the_kind_asked_for_is_not_missing()
    {
        Assert.Empty(_session.Run("Get-LoyaltyHistory -Between 2026-06-29, 2026-06-30 -UserId 3, 4 -Column EMAIL").Succeeded().Output);
        Assert.Empty(
            _session.Run(
                "Get-LoyaltyRun $run -Kind Import; Get-LoyaltyQuarantine $run -Rule type; Get-SegmentDelivery CustomerSuccess; Get-SegmentDelivery Marketing -Status Failed").Succeeded().Output);
        Assert.Empty(_session.Run("Get-EngagementSegment -Region '(none)' -Segment HighlyEngaged").Succeeded().Output);
    }

    [Fact]
    public void Consumers_after_one_that_is_not_there_are_delivered_to()
    {
        var result = _session.Run(
            "[pscustomobject]@{ Consumer = 'Sales' }, [pscustomobject]@{ Consumer = 'Marketing' } | Export-EngagementSegment -Destination drop");

        AssertMissing(result, "ConsumerUnknown", "Sales");
        Assert.Equal("Marketing", ((dynamic)Assert.Single(result.Output)).Consumer);
    }

    // A job that counts on a check must not end well without it.
    [Theory]
    [InlineData("Test-PipelineIntegrity -Check none.such, *.unique -FailOn Error")]
    [InlineData("Test-PipelineIntegrity -Check none.*, LOYALTY.MASTER.unique -FailOn Error")]
    [InlineData("Test-PipelineIntegrity -Table NOTHING -FailOn Error")]
    public void With_FailOn_all_that_is_asked_for_must_be_there(string command)
    {
        Assert.Equal(
            ["ended in CheckUnknown"],
            _session.Run($"try {{ {command} }} catch {{ \"ended in $($_.FullyQualifiedErrorId.Split(',')[0])\" }}").Succeeded().Output);
    }

    [Theory]
    [InlineData("none.such, LOYALTY.MASTER.unique", 1)]
    [InlineData("none.*", 0)]
    public void Quiet_is_false_where_a_check_is_not_there(string checks, int errors)
    {
        var result = _session.Run($"Test-PipelineIntegrity -Check {checks} -Quiet");

        Assert.Equal([false], result.Output);
        Assert.Equal(errors, result.Errors.Count);
    }

    [Fact]
    public void Every_parameter_that_takes_patterns_is_among_them()
    {
        var declared = _session.Run(
            "foreach ($command in Get-Command -Module LoyaltyPipeline) { foreach ($parameter in $command.Parameters.Values) { "
            + "$fixed = $parameter.ParameterType.GetElementType().IsEnum -or $parameter.Attributes.Where{ $_ -is [ValidateSet] }; "
            + "if (-not $fixed -and $parameter.Attributes.Where{ $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }) { \"$($command.Name) $($parameter.Name)\" } } }").Succeeded().Output.Cast<string>();

        // Where there are only some names, one that is none of them is a slip in the call.
        // A pattern of columns that fits none is an error: what is delivered would lack what was asked for. So is one of scripts
        // that fits none; one of names to keep keeps none. Jobs are the machine's: Schedule.Tests.ps1 asks for some that there are not.
        Assert.Equal(
            declared.Where(parameter => parameter != "Export-EngagementSegment Column"
                && !parameter.StartsWith("Protect-LoyaltyScript ", StringComparison.Ordinal)
                && !parameter.Contains("-LoyaltyTask ", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Lists.Select(row => $"{row.Data.Item1.Split(' ')[0]} {row.Data.Item2}").Order(StringComparer.Ordinal));
    }

    private static void AssertMissing(ScriptResult result, string id, object target)
    {
        Assert.Null(result.TerminatingError);
        var error = Assert.Single(result.Errors);
        Assert.Equal((id, ErrorCategory.ObjectNotFound), (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
        Assert.Equal(target, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    /// <summary>Two merged days, a delivery, files to import; the tests change nothing that another one looks at.</summary>
    public sealed class Fixture : IDisposable
    {
        public Fixture() => Session.Run(
            "$null = Invoke-LoyaltyMerge 2026-06-29 -WarningAction Ignore; $d = Export-EngagementSegment Marketing -Destination drop; $null = New-LoyaltySample -Users 5 -Days 2 -Path landing; "
            + "Set-Content ids.csv USER_ID, 900000002; $null = Add-LoyaltySuppression 900000001 -Reason asked -WarningAction Ignore; "
            + "Set-Content settings.yml 'consumers: {Marketing: {format: Csv}}'; "
            + "$old = Export-EngagementSegment Marketing -Destination drop -AsOf 2026-06-29; $sent = (Get-LoyaltyRun -Kind Deliver -Last 1).RunId; "
            + "$run = (Get-LoyaltyRun -Kind Merge -Last 1).RunId; $one = @(Get-FeatureAdoption)[0]").Succeeded();

        internal ModuleRunspace Session { get; } = SampleWarehouse.OpenMerged();

        public void Dispose() => Session.Dispose();
    }
}

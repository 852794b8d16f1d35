using System.Globalization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Runtime;

/// <summary>Whoever runs a cmdlet, it says and stores the same: days of the Gregorian calendar as ISO dates, a point in decimals.</summary>
public sealed partial class CultureTests
{
    public static TheoryData<string> Cultures =>
        [nameof(ForeignCulture.Thai), nameof(ForeignCulture.Arabic), nameof(ForeignCulture.German), nameof(ForeignCulture.Finnish)];

    [GeneratedRegex(@"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Day { get; }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Questions_details_and_errors_name_days_and_numbers_as_everywhere(string culture)
    {
        using var session = SampleWarehouse.OpenSampled();

        Assert.StartsWith(
            "What if: Merge 2026-06-30 into ", Run("$null = Invoke-LoyaltyMerge 2026-06-30 -WhatIf").Succeeded().HostText,
            StringComparison.Ordinal);
        Assert.Equal("No day up to 2020-01-01 has been written.", Run("Get-LoyaltyHistory -AsOf 2020-01-01").Error.Exception.Message);
        Assert.EndsWith(
            "not on 3000-01-01.", Run("New-LoyaltySample -LastDay 3000-01-01").Error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            Run("Invoke-LoyaltyMerge 2026-06-30 -Verbose").Succeeded().Records,
            record => record.Stream == StreamKind.Verbose
                && record.ToString().StartsWith("Verbose: Prepare: 0.", StringComparison.Ordinal));

        ScriptResult Run(string script) => session.Run($"{In(culture)} {script}");
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void What_is_stored_is_as_everywhere(string culture)
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(session.PathOf("guards.yml"), "guards:\n  deletes: 0%\n  rejected: 0.05%\n");

        Assert.Equal("GuardTripped", session.Run($"{In(culture)} Invoke-LoyaltyMerge 2026-06-29 -Config guards.yml").ErrorId);

        var stored = Assert.Single(session.Query("SELECT ERROR_MESSAGE FROM LOYALTY.RUN WHERE ERROR_ID = 'GuardTripped'"));
        Assert.StartsWith("The merge of 2026-06-29 was stopped: ", stored, StringComparison.Ordinal);
        Assert.Contains(" more than the 0.05 % allowed", stored, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Results_are_shown_with_the_days_and_times_they_have_everywhere(string culture)
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("""
            $run = Get-LoyaltyRun -Last 1; $sample = New-LoyaltySample -Users 5 -Path landing
            $null = Invoke-LoyaltyMerge 2026-06-29 -Force -WarningAction SilentlyContinue
            $delivery = Export-EngagementSegment CustomerSuccess -Destination drop
            $shown = $run, $run.Steps, $run.Sources, $sample, $delivery, (Get-SegmentDelivery), (Get-EngagementSegment -First 9), (Get-LoyaltyHistory -First 9), (Get-FeatureAdoption),
                (Get-LoyaltyHistory -Between 2026-06-29, 2026-06-30 -Column *), (Test-PipelineIntegrity -Check anomaly.users*)
            """).Succeeded();

        // A kind at a time: of several the format of the first would serve for all.
        var everywhere = Days(string.Empty);

        Assert.True(everywhere.Count > 100);
        Assert.Equal(everywhere, Days(In(culture)));

        List<string> Days(string set) =>
            [.. Day.Matches(session.Run($"{set} $shown | ForEach-Object {{ $_ | Out-Default }}").Succeeded().HostText)
                .Select(match => match.Value)];
    }

    [Fact]
    public void The_session_keeps_its_own_culture()
    {
        using var session = ModuleRunspace.WithProbes();

        var output =
            session.Run(
                $"{In(nameof(ForeignCulture.German))} Write-Probe | Where-Object {{ $_ -eq 'end' }} | ForEach-Object {{ (1.5).ToString() }}; (2.5).ToString()").Succeeded().Output;

        Assert.Equal(["1,5", "2,5"], output);
    }

    private static string In(string culture) =>
        string.Create(CultureInfo.InvariantCulture, $"[cultureinfo]::CurrentCulture = [{typeof(ForeignCulture).FullName}]::{culture};");
}

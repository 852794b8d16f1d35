using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>No stream but the objects asked for repeats what people told us, not even for a row that is all wrong.</summary>
public sealed class PrivacyTests
{
    private const string Shifted = """
        USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT
        anna.shifted@mail.example,Anna Shifted,+1 555 0100,US,plus,active,true,2026-01-01,2026-01-01,2026-01-01
        9001,bert.wrong@mail.example,Bert Wrong,+1 555 0101,US,bert.wrong@mail.example,active,Bert Wrong,+1 555 0101,2026-01-01
        9002,"carl.open@mail.example,Carl Open,+1 555 0102,US,plus,active,true,2026-01-01,2026-01-01
        """;

    [Fact]
    public void No_stream_and_no_log_says_who_somebody_is()
    {
        using var session = SampleWarehouse.OpenEmpty();
        session.Run("$null = New-LoyaltySample -Users 100 -Days 30 -Dirty -Path landing").Succeeded();
        File.WriteAllText(session.PathOf("landing/USER_PROFILE_02.csv"), Shifted + "\n");

        var texts = new List<string>();
        foreach (var script in (string[])["Import-LoyaltySource landing -MaxRejected 1", "Import-LoyaltySource landing",
            "Invoke-LoyaltyMerge 2026-06-30", "New-LoyaltySample -Users 50 -Force"])
        {
            var result = session.Run(
                $"$VerbosePreference = $DebugPreference = 'Continue'; $null = {script}; Get-LoyaltyQuarantine; Get-LoyaltyRun");
            texts.AddRange(
                result.Records.Select(record => $"{record} {(record.Value as System.Management.Automation.ErrorRecord)?.Exception}"));
        }

        var said = string.Join('\n', texts);
        Assert.Contains("Verbose: Judge DW_A.USER_PROFILE", said, StringComparison.Ordinal);
        Assert.Contains("USER_PROFILE_02.csv line ", said, StringComparison.Ordinal);
        var people = string
            .Join(
                ',',
                session.Run(
                    "[System.IO.Directory]::GetFiles('" + session.PathOf("landing")
                        + "', 'USER_PROFILE*').ForEach{ [System.IO.File]::ReadAllText($_) }").Succeeded().Output)
            .Split(',', '\n', '"').Where(IsPersonal).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(people.Count > 200);
        Assert.DoesNotContain(people, person => said.Contains(person, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void No_stream_and_no_log_of_a_delivery_says_who_somebody_is_or_what_the_salt_is()
    {
        const string Salt = "Tr3s-secret-pepper";
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(session.PathOf(
            "pipeline.yml"), "consumers:\n  Marketing: {destination: drop, compression: None, redaction: {name: Keep, salt_variable: LOYALTY_TEST_SALT}}\n"
            + "  CustomerSuccess: {destination: drop, compression: None, redaction: {email: Keep, name: Keep, phone: Keep}}\n");
        session.Run($"[System.Environment]::SetEnvironmentVariable('LOYALTY_TEST_SALT', '{Salt}')").Succeeded();

        var texts = new List<string>();
        void Run(string script)
        {
            var result = session.Run($"$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; {script}");
            texts.AddRange(
                result.Records.Select(record => $"{record} {(record.Value as System.Management.Automation.ErrorRecord)?.Exception}"));
        }

        foreach (var consumer in (string[])["Marketing", "CustomerSuccess"])
        {
            Run(
                $"Export-EngagementSegment {consumer} -WhatIf; $d = Export-EngagementSegment {consumer}; $d; $d | Out-Default; $d | Format-List | Out-Default; Get-SegmentDelivery; $d | Test-SegmentDelivery");
            var part = Directory.GetFiles(session.PathOf($"drop/{consumer}"), "part-*", SearchOption.AllDirectories)[0];
            // Without its header, and with a value too many in each row, so that none is of its column's type any more.
            var lines = File.ReadAllLines(part);
            File.WriteAllLines(part, lines.Skip(1));
            Run("$d | Test-SegmentDelivery");
            File.WriteAllLines(part, lines.Select(line => "Somebody Else," + line));
            Run("$d | Test-SegmentDelivery; $d | Test-SegmentDelivery | Out-Default");
            session.Query(
                "INSERT INTO LOYALTY.SUPPRESSION (USER_ID) SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID NOT IN (SELECT USER_ID FROM LOYALTY.SUPPRESSION) RETURNING 1");
            Run(
                $"Export-EngagementSegment {consumer}; Export-EngagementSegment {consumer} -Force; Clear-SegmentDelivery {consumer} -OlderThan 2100-01-01 -Confirm:$false; Get-LoyaltyRun");
            session.Query("DELETE FROM LOYALTY.SUPPRESSION RETURNING 1");
        }

        texts.AddRange(session.Query("SELECT d::VARCHAR FROM LOYALTY.DELIVERY AS d UNION ALL SELECT r::VARCHAR FROM LOYALTY.RUN AS r"));
        texts.AddRange(Directory.GetFiles(session.PathOf("drop"), "*.json", SearchOption.AllDirectories).Select(File.ReadAllText));
        var said = string.Join('\n', texts);
        Assert.Contains("GuardTripped", said, StringComparison.Ordinal);
        Assert.Contains("missing: USER_ID, ", said, StringComparison.Ordinal);
        Assert.Contains("it cannot be read as Csv", said, StringComparison.Ordinal);
        var people = session.Query(
            "SELECT v FROM (SELECT UNNEST([EMAIL, FULL_NAME, PHONE]) AS v FROM LOYALTY.MASTER) AS t WHERE LENGTH(TRIM(v)) > 3");
        Assert.True(people.Count > 200);
        Assert.DoesNotContain(people, person => said.Contains(person, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Salt, said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Salt, string.Join('\n', session.Content()), StringComparison.Ordinal);
    }

    private static bool IsPersonal(string value) =>
        value.Contains('@', StringComparison.Ordinal) || value.StartsWith('+')
            || (value.Contains(' ', StringComparison.Ordinal)
                && value.All(letter => char.IsLetter(letter) || letter is ' ' or '-' or '\''));
}

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
        File.WriteAllText(session.PathOf("landing/USER_PROFILE_02.csv"), Shifted);

        var texts = new List<string>();
        foreach (var script in (string[])["Import-LoyaltySource landing -MaxRejected 1", "Import-LoyaltySource landing", "Invoke-LoyaltyMerge 2026-06-30", "New-LoyaltySample -Users 50 -Force"])
        {
            var result = session.Run($"$VerbosePreference = $DebugPreference = 'Continue'; $null = {script}; Get-LoyaltyQuarantine; Get-LoyaltyRun");
            texts.AddRange(result.Records.Select(record => $"{record} {(record.Value as System.Management.Automation.ErrorRecord)?.Exception}"));
        }

        var said = string.Join('\n', texts);
        Assert.Contains("Verbose: Judge DW_A.USER_PROFILE", said, StringComparison.Ordinal);
        Assert.Contains("USER_PROFILE_02.csv line ", said, StringComparison.Ordinal);
        var people = string.Join(',', session.Run("[System.IO.Directory]::GetFiles('" + session.PathOf("landing") + "', 'USER_PROFILE*').ForEach{ [System.IO.File]::ReadAllText($_) }").Succeeded().Output)
            .Split(',', '\n', '"').Where(IsPersonal).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(people.Count > 200);
        Assert.DoesNotContain(people, person => said.Contains(person, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPersonal(string value) =>
        value.Contains('@', StringComparison.Ordinal) || value.StartsWith('+') || (value.Contains(' ', StringComparison.Ordinal) && value.All(letter => char.IsLetter(letter) || letter is ' ' or '-' or '\''));
}

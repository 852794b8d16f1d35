using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Runtime;

public sealed class RunDateTests : IDisposable
{
    private readonly ModuleRunspace _session = ModuleRunspace.WithProbes();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("1998-06-30")]
    [InlineData("'1998-06-30'")]
    [InlineData("([datetime]::new(1998, 6, 30, 23, 59, 59))")]
    [InlineData("([datetimeoffset]::new(1998, 6, 30, 23, 59, 59, [timespan]::FromHours(-7)))")]
    [InlineData("([dateonly]::new(1998, 6, 30))")]
    [InlineData("([psobject][dateonly]::new(1998, 6, 30))")]
    public void A_day_is_taken_in_every_form_that_has_one_meaning(string day)
    {
        const string DayFirst = "$culture = [cultureinfo]::InvariantCulture.Clone(); $culture.DateTimeFormat.ShortDatePattern = 'dd.MM.yyyy'; [cultureinfo]::CurrentCulture = $culture;";

        Assert.Equal(["1998-06-30"], _session.Run($"{DayFirst} Get-ProbeDay -RunDate {day}").Succeeded().Output);
    }

    [Theory]
    [InlineData("06/07/1998")]
    [InlineData("30.06.1998")]
    [InlineData("1998-02-30")]
    [InlineData("19980630")]
    [InlineData("''")]
    public void A_day_that_can_be_misread_is_refused(string day) =>
        Assert.Equal("ParameterArgumentTransformationError", _session.Run($"Get-ProbeDay -RunDate {day}").ErrorId);

    [Fact]
    public void Days_up_to_today_are_offered()
    {
        var offered = _session.Run("(TabExpansion2 'Get-ProbeDay -RunDate ').CompletionMatches.ForEach{ $_.CompletionText }").Succeeded().Output;

        Assert.Equal(7, offered.Count);
        Assert.All(offered, day => Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", (string)day));
    }
}

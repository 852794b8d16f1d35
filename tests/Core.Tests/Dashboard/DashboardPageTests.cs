using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Dashboard;

/// <summary>The dashboard as a file: the same every time, small, and closed to whatever its texts hold.</summary>
public sealed partial class DashboardPageTests
{
    [Fact]
    public void The_same_document_gives_the_same_page_whatever_the_culture()
    {
        var one = PageReading.Of(DashboardSample.Make()).Text;
        var before = CultureInfo.CurrentCulture;
        var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        strange.NumberFormat.NumberDecimalSeparator = ",";
        strange.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = strange;
            Assert.Equal(one, PageReading.Of(DashboardSample.Make()).Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Four_hundred_days_of_all_sources_fit_into_the_budget()
    {
        var size = Encoding.UTF8.GetByteCount(PageReading.Of(DashboardSample.Make(days: 400, bands: 55)).Text);

        Assert.InRange(size, 800_000, 1_600_000);
    }

    [Fact]
    public void No_text_of_the_document_becomes_markup()
    {
        var sample = DashboardSample.Make();
        var plain = PageReading.Of(new("t", "s", []));
        var hostile = PageReading.Of(sample with { Title = DashboardSample.Script, Subtitle = DashboardSample.Hostile });

        Assert.Equal(Tags().Matches(plain.Text).Select(match => match.Value), Tags().Matches(hostile.Text).Select(match => match.Value));
        Assert.DoesNotContain("\u2028", PageReading.Of(sample).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", hostile.Text, StringComparison.Ordinal);
        Assert.Contains("\\u003Cscript\\u003Ealert(1)\\u003C/script\\u003E", hostile.Text, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", hostile.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_allows_the_two_scripts_and_the_style_and_nothing_else()
    {
        var page = PageReading.Of(DashboardSample.Make());

        Assert.Equal(
            $"default-src 'none'; script-src {PageReading.Hash(page.Script)} {PageReading.Hash(page.Charts)}; style-src {PageReading.Hash(page.Style)}; img-src data:; base-uri 'none'; form-action 'none'",
            page.Policy);
    }

    [Fact]
    public void The_page_says_whose_the_charts_are()
    {
        var page = PageReading.Of(DashboardSample.Make());

        Assert.Contains(
            "Apache ECharts, Copyright The Apache Software Foundation, licensed under the Apache License, Version 2.0", page.Text,
            StringComparison.Ordinal);
        Assert.Contains("echarts", page.Charts, StringComparison.Ordinal);
    }

    // The names of all tags that the page opens or closes, in their order.
    [GeneratedRegex("</?(?:script|style|title|meta|link|body|html|img|!--)\\b", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}

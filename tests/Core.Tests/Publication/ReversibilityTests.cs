using System.Text;
using CsCheck;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Publication;

/// <summary>Whatever is in a file, its copy gives it back byte for byte, and no name of the map is left in the copy.</summary>
public sealed class ReversibilityTests
{
    private static readonly Gen<string> Anything = Among(
        "USER_PROFILE", "user_profile", "UserProfile", "userProfile", "uSER_profile", "USERPROFILE", "user-profile", "USER_PROFILES",
        "OLD_USER_PROFILE", "USER_PROFILE_2026", "users", "Users", "new_users", "superusers", "a", "TABLE_A", "table_a", "column_b", "TableA",
        "naïve_name", "Größe", "李明", "😀", "e\u0301tat", "x$y", "'Highly Engaged'", "'it''s'", "'%login%'", "'2026-06-30'", "'YYYY-MM-DD'",
        "\"Quoted Name\"", "-- a comment, of users", "/* of /* two */ lines */", "# who?", "$$ SELECT inner_name $$", "{DW_A.USER_PROFILE}",
        "{run_date}", "SELECT", "from", "where", "12.50", "0x1F", "s3://our-bucket/users/day.csv", "https://bob:secret@db.corp.local:443/x?y=1",
        "ann@contoso.com", "10.1.2.3", "C:\\data\\users.csv", "./drop/USER_PROFILE_01.csv", "\\\\server\\share\\x", "+49 30 9018200", "$users",
        "key: value", "- item", "|", "```sql", "```", ",", ";", ".", "(", ")", "=", "\"", "'", "\t", " ", "  ", "\n", "\r\n", "\r",
        "\u00A0", "\uFEFF");

    private static readonly Gen<string> Text = Gen.OneOf(
        Anything.Array[0, 40].Select(parts => string.Join(' ', parts).Replace(" \n ", "\n", StringComparison.Ordinal)),
        Anything.Array[0, 40].Select(parts => string.Concat(parts)));

    private static readonly Gen<Encoding> Encodings = Among<Encoding>(
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true), new UnicodeEncoding(bigEndian: true, byteOrderMark: true));

    [Theory]
    [InlineData("sql")]
    [InlineData("md")]
    [InlineData("csv")]
    [InlineData("ps1")]
    [InlineData("yml")]
    public void A_file_comes_back(string extension) => Gen.Select(Text, Text, Encodings, Gen.Bool).Try(
        texts =>
        {
            using var folder = new PublicationFolder();
            var (first, second, encoding, isRunnable) = texts;
            if (extension == "yml")
                (first, second) = (Yaml(first), Yaml(second));
            folder.Write($"one.{extension}", [.. encoding.Preamble, .. encoding.GetBytes(first)]);
            Publish(folder, isRunnable);
            // Another one with the same map, which has names that the first did not have.
            folder.Write($"two.{extension}", [.. encoding.Preamble, .. encoding.GetBytes(second)]);
            Publish(folder, isRunnable);
            Assert.Equal(PublicationFolder.Files(folder.Source), PublicationFolder.Files(folder.Restore()));
            Assert.Empty(Leaks(folder));
        },
        atLeast: 25,
        seconds: 3,
        print: texts => $"{texts.Item1}\n=====\n{texts.Item2}\n===== {texts.Item3.WebName} {texts.Item4}");

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("SELECT 1")]
    public async Task So_does_one_without_a_name(string content)
    {
        using var folder = new PublicationFolder();
        Assert.Equal(content, await folder.PublishAsync("x.sql", content));
        Assert.Equal(PublicationFolder.Files(folder.Source), PublicationFolder.Files(folder.Restore()));
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    // A text that has to be YAML is made of lines that are.
    private static string Yaml(string text) => string.Concat(
        text.Split(['\n', '\r'])
            .Select((line, at) => $"k{at}: '{Line(line).Replace("'", "''", StringComparison.Ordinal)}' # {Line(line)}\r\n"));

    private static string Line(string text) => text.Replace("\uFEFF", string.Empty, StringComparison.Ordinal).Replace('\t', ' ');

    private static void Publish(PublicationFolder folder, bool isRunnable) =>
        folder.PublishAsync(options => options with { IsRunnable = isRunnable }).GetAwaiter().GetResult();

    private static IEnumerable<string> Leaks(PublicationFolder folder) => folder.VerifyAsync().GetAwaiter().GetResult()
        .SelectMany(copy => copy.Findings).Where(finding => finding.Definition == LoyaltyErrors.PublicationLeak)
        .Select(finding => finding.Message);
}

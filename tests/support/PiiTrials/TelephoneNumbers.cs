namespace LoyaltyPipeline.PiiTrials;

/// <summary>Telephone numbers in ranges that the states assign, written as people write them. Each # is a digit.</summary>
internal static class TelephoneNumbers
{
    // Code of the country, the national number, how it is written at home, and whether that can be told from other numbers.
    private static readonly (string Region, string Code, string[] Numbers, string[] Written, bool IsPlain)[] Plans =
    [
        (
            "US", "1", ["2122######", "4155######", "6173######", "3127######", "3058######", "2064######"],
            ["(aaa) bbb-cccc", "aaa-bbb-cccc", "aaa.bbb.cccc"], true),
        ("GB", "44", ["7400######", "7712######", "2079######"], ["0aaaa bbbbbb"], true),
        ("DE", "49", ["1512#######", "1761#######", "3090######"], ["0aaa bbbbbbbbb", "0aaa/bbbbbbbbb"], true),
        ("FR", "33", ["61#######", "145######"], ["0a bb cc dd ee"], true),
        ("NL", "31", ["61#######", "203######"], ["0a-bbbbbbbb"], true),
        ("BE", "32", ["471######", "485######"], ["0aaa bb cc dd"], true),
        ("SE", "46", ["70#######", "73#######"], ["0aa-bbb cc dd"], true),
        ("FI", "358", ["40#######", "50#######"], ["0aa bbbbbbb"], true),
        ("CH", "41", ["79#######", "76#######"], ["0aa bbb cc dd"], true),
        ("JP", "81", ["90########", "80########"], ["0aa-bbbb-cccc"], true),
        ("ZA", "27", ["82#######", "83#######"], ["0aa bbb cccc"], true),
        ("BR", "55", ["1198#######", "2199#######"], ["(aa) bbbbb-cccc"], true),
        ("ES", "34", ["61#######", "65#######"], ["aaa bbb ccc"], false),
        ("IT", "39", ["333#######", "347#######"], ["aaa bbbbbbb"], false),
        ("PL", "48", ["501######", "602######"], ["aaa bbb ccc"], false),
        ("NO", "47", ["91######", "48######"], ["aaa bb ccc"], false),
        ("IN", "91", ["98########", "99########"], ["aaaaa bbbbb"], false),
        ("CN", "86", ["138########", "139########"], ["aaa bbbb cccc"], false),
    ];

    /// <summary>A way to write numbers of a region.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="isNamed">Whether the name of the column says what they are.</param>
    public static (string Sort, Func<string> Next) Pick(Random random, bool isNamed)
    {
        var plan = Pick(random, Plans);
        return random.Next(isNamed ? 6 : plan.IsPlain ? 5 : 3) switch
        {
            0 => ($"international {plan.Region}", () => $"+{plan.Code}{Number(random, plan.Numbers)}"),
            1 => (
                $"international in groups {plan.Region}",
                () => Number(random, plan.Numbers) is var number
                    ? $"+{plan.Code} {number[..2]} {number[2..5]} {number[5..]}"
                    : string.Empty),
            2 => ($"with 00 {plan.Region}", () => $"00{plan.Code} {Number(random, plan.Numbers)}"),
            5 => ($"digits {plan.Region}", () => $"{(plan.Written[0][0] == '0' ? "0" : string.Empty)}{Number(random, plan.Numbers)}"),
            _ => Pick(random, plan.Written) is var written
                ? ($"national {plan.Region}", () => Write(written, Number(random, plan.Numbers)))
                : default,
        };
    }

    /// <summary>A number with the code of its country.</summary>
    public static string International(Random random) =>
        Pick(random, Plans) is var plan ? $"+{plan.Code} {Number(random, plan.Numbers)}" : string.Empty;

    private static string Number(Random random, string[] numbers) =>
        string.Concat(Pick(random, numbers).Select(sign => sign == '#' ? (char)('0' + random.Next(10)) : sign));

    private static string Write(string written, string number)
    {
        var taken = 0;
        return string
            .Concat(
                written.Select(sign => !char.IsAsciiLetter(sign) ? $"{sign}" : taken < number.Length ? $"{number[taken++]}" : string.Empty))
                .TrimEnd();
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}

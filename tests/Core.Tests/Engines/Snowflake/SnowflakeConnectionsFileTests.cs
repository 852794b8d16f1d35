using System.Text;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines.Snowflake;

/// <summary>Connections are read from where Snowflake's other tools keep them.</summary>
[Collection(ConnectionsFileScene.Collection)]
public sealed class SnowflakeConnectionsFileTests
{
    private const string Secret = "s3cret-in-the-file";

    private const string Base = """
        account = "myorg-myaccount"
        database = "ANALYTICS"

        """;

    [Fact]
    public void It_lies_in_the_folder_of_the_user_unless_the_environment_names_another()
    {
        using var scene = new ConnectionsFileScene();
        Assert.Equal(scene.File, SnowflakeConnectionsFile.Location);

        Environment.SetEnvironmentVariable("SNOWFLAKE_HOME", null);
        Assert.Equal(
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".snowflake", "connections.toml"),
            SnowflakeConnectionsFile.Location);
    }

    [Fact]
    public void What_is_given_goes_before_what_it_says()
    {
        using var scene = new ConnectionsFileScene(
            $"[prod]\n{Base}user = \"u\"\nrole = \"R\"\nwarehouse = \"W\"\nschema = \"S\"\nport = 8443\nprotocol = \"http\"\nhost = \"h\"\n");

        var told = ConnectionsFileScene.Told(new AccountSettings { ConnectionName = "prod", Role = "OTHER" });

        Assert.Equal(
            ("myorg-myaccount", "ANALYTICS", "u", "OTHER", "W", "S"),
            (told["account"], told["db"], told["user"], told["role"], told["warehouse"], told["schema"]));
        Assert.Equal(("h", "8443", "http"), (told["host"], told["port"], told["scheme"]));
        Assert.False(told.ContainsKey("database"));
        Assert.Equal("LOYALTY", ConnectionsFileScene.Told(new AccountSettings { Account = "a", Database = "d" })["schema"]);
    }

    [Theory]
    [InlineData(null, "ONE")]
    [InlineData("other", "TWO")]
    public void Where_no_connection_and_no_account_is_named_the_default_is_meant(string? named, string database)
    {
        using var scene = new ConnectionsFileScene(
            "[default]\naccount = \"a\"\ndatabase = \"ONE\"\n[other]\naccount = \"a\"\ndatabase = \"TWO\"\n", named);

        Assert.Equal(database, ConnectionsFileScene.Told(new AccountSettings())["db"]);
        Assert.Equal("THREE", ConnectionsFileScene.Told(new AccountSettings { Account = "b", Database = "THREE" })["db"]);
        Assert.Equal("ONE", ConnectionsFileScene.Told(new AccountSettings { ConnectionName = "default" })["db"]);
        Assert.Equal(["default", "other"], SnowflakeConnectionsFile.Names());
    }

    [Theory]
    [InlineData(
        "authenticator = \"SNOWFLAKE_JWT\"\nprivate_key_path = \"/k.p8\"\nprivate_key_passphrase = \"x\"",
        "authenticator=SNOWFLAKE_JWT;private_key_file=/k.p8;private_key_pwd=x")]
    [InlineData(
        "authenticator = \"SNOWFLAKE_JWT\"\nprivate_key_file = \"/k.p8\"\nprivate_key_file_pwd = \"x\"",
        "authenticator=SNOWFLAKE_JWT;private_key_file=/k.p8;private_key_pwd=x")]
    [InlineData("authenticator = \"SNOWFLAKE_JWT\"\nprivate_key_raw = \"pem\"", "authenticator=SNOWFLAKE_JWT;private_key=pem")]
    [InlineData("authenticator = \"snowflake\"\npassword = \"p;=' \\\"\"", "authenticator=snowflake;password='p;='' \"'")]
    [InlineData(
        "authenticator = \"USERNAME_PASSWORD_MFA\"\npassword = \"p\"\npasscode = \"123456\"",
        "authenticator=USERNAME_PASSWORD_MFA;password=p;passcode=123456")]
    [InlineData("authenticator = \"PROGRAMMATIC_ACCESS_TOKEN\"\ntoken = \"t\"", "authenticator=PROGRAMMATIC_ACCESS_TOKEN;token=t")]
    [InlineData("authenticator = \"oauth\"\ntoken = \"t\"\ntoken_file_path = \"/not/read\"", "authenticator=oauth;token=t")]
    [InlineData("authenticator = \"oauth\"\ntoken_file_path = '{folder}/token'", "authenticator=oauth;token=from-the-file")]
    [InlineData(
        "authenticator = \"OAUTH_CLIENT_CREDENTIALS\"\noauth_client_id = \"i\"\noauth_client_secret = \"s\"\noauth_token_request_url = \"https://idp\"\noauth_scope = \"sc\"", "authenticator=OAUTH_CLIENT_CREDENTIALS;oauthclientid=i;oauthclientsecret=s;oauthtokenrequesturl=https://idp;oauthscope=sc")]
    [InlineData(
        "authenticator = \"OAUTH_AUTHORIZATION_CODE\"\noauth_authorization_url = \"https://a\"\noauth_redirect_uri = \"http://127.0.0.1\"\noauth_enable_single_use_refresh_tokens = true", "authenticator=OAUTH_AUTHORIZATION_CODE;oauthauthorizationurl=https://a;oauthredirecturi=http://127.0.0.1;oauthenablesingleuserefreshtokens=True")]
    [InlineData("authenticator = \"externalbrowser\"", "authenticator=externalbrowser")]
    [InlineData("authenticator = \"https://me.okta.com\"\npassword = \"p\"", "authenticator=https://me.okta.com;password=p")]
    [InlineData(
        "authenticator = \"WORKLOAD_IDENTITY\"\nworkload_identity_provider = \"AWS\"",
        "authenticator=WORKLOAD_IDENTITY;workload_identity_provider=AWS")]
    public void Every_way_to_prove_who_one_is_reaches_the_driver_as_the_driver_calls_it(string toml, string expected)
    {
        using var scene = new ConnectionsFileScene();
        scene.Write("token", "from-the-file\n");
        scene.Write(
            "connections.toml", $"[prod]\n{Base}{toml.Replace("{folder}", Path.GetDirectoryName(scene.File), StringComparison.Ordinal)}\n");

        var told = ConnectionsFileScene.Told(new AccountSettings { ConnectionName = "prod" });

        var wanted = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = expected };
        foreach (string key in wanted.Keys)
            Assert.Equal(wanted[key], told[key]);
        Assert.Equal(wanted.Count + 5, told.Count);
    }

    [Fact]
    public void What_other_tools_keep_there_does_no_harm()
    {
        using var scene = new ConnectionsFileScene(
            $"[prod]\n{Base}paramstyle = \"qmark\"\nlogin_timeout = 30\n[prod.session_parameters]\nQUERY_TAG = \"x\"\n");

        var told = ConnectionsFileScene.Told(new AccountSettings { ConnectionName = "prod" });

        Assert.Equal(("qmark", "30"), (told["paramstyle"], told["login_timeout"]));
        Assert.False(told.ContainsKey("session_parameters"));
    }

    [Theory]
    [InlineData("[prod]\naccount = \"a\"\ndatabase = 2024-01-01\n", "database of the connection prod in {file} is neither")]
    [InlineData("[prod]\naccount = [\"a\"]\ndatabase = \"d\"\n", "account of the connection prod in {file} is neither")]
    [InlineData("[prod]\ndatabase = \"d\"\n", "the connection prod in {file} says which account")]
    [InlineData("[prod]\naccount = \"a\"\n", "the connection prod in {file} says which database")]
    [InlineData(
        "[prod]\naccount = \"a\"\ndatabase = \"d\"\ntoken_file_path = \"/no/such/token\"\n",
        "token_file_path of the connection prod in {file} names /no/such/token")]
    [InlineData("[other]\naccount = \"a\"\n", "{file} has no connection prod")]
    [InlineData("prod = \"a\"\n", "{file} has no connection prod")]
    [InlineData("", "{file} has no connection prod")]
    [InlineData("[prod]\naccount = \"a\"\npassword = \"" + Secret + "\n", "{file} cannot be read as TOML: look at line 3")]
    [InlineData(null, "There is no file {file} with the connection prod")]
    public void What_is_wrong_is_said_with_file_connection_and_key_and_no_secret(string? toml, string expected)
    {
        using var scene = new ConnectionsFileScene(toml);

        var error = Assert.Throws<LoyaltyException>(() => SnowflakeConnection.Create(new AccountSettings { ConnectionName = "prod" }));

        Assert.Equal(LoyaltyErrors.SnowflakeConnectionInvalid, error.Definition);
        Assert.Contains(expected.Replace("{file}", scene.File, StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    // What is no UTF-8 would go on as other characters, without a word: a password that is refused, and nobody knows why.
    [Theory]
    [InlineData("connections.toml", "latin1", "{file} line 3: the byte 0xE9 is no UTF-8")]
    [InlineData("connections.toml", "utf-16", "{file} line 1: the file is UTF-16, or no text")]
    [InlineData("token", "latin1", "{file} line 1: the byte 0xE9 is no UTF-8")]
    [InlineData("token", "utf-16", "{file} line 1: the file is UTF-16, or no text")]
    public void A_file_in_another_encoding_is_refused_with_what_to_do(string name, string encoding, string expected)
    {
        using var scene = new ConnectionsFileScene();
        var toml =
            $"[prod]\naccount = \"a\"\nuser = \"Zoé\"\ndatabase = \"d\"\nauthenticator = \"oauth\"\ntoken_file_path = '{scene.PathOf("token")}'\n";
        scene.Write("connections.toml", toml);
        scene.Write("token", "\uFEFFé" + Secret);
        Assert.Equal("é" + Secret, ConnectionsFileScene.Told(new AccountSettings { ConnectionName = "prod" })["token"]);
        var other = Encoding.GetEncoding(encoding);
        scene.Write(name, [.. other.Preamble, .. other.GetBytes(name == "token" ? "é" + Secret : toml)]);

        var error = Assert.Throws<LoyaltyException>(() => SnowflakeConnection.Create(new AccountSettings { ConnectionName = "prod" }));

        Assert.Equal((LoyaltyErrors.SnowflakeConnectionInvalid, scene.PathOf(name)), (error.Definition, error.Target));
        Assert.StartsWith(
            expected.Replace("{file}", scene.PathOf(name), StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.Contains("Save the file as UTF-8", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[prod\n")]
    public void Who_only_asks_for_names_gets_none_of_a_file_that_cannot_be_read(string? toml)
    {
        using var scene = new ConnectionsFileScene(toml);

        Assert.Empty(SnowflakeConnectionsFile.Names());
    }

    [Theory]
    [Unix("Windows has no modes of files.")]
    [InlineData("connections.toml")]
    [InlineData("token")]
    public void A_file_with_secrets_that_others_may_read_is_refused(string open)
    {
        using var scene = new ConnectionsFileScene();
        scene.Write("token", Secret);
        scene.Write("connections.toml", $"[prod]\n{Base}authenticator = \"oauth\"\ntoken_file_path = \"{scene.PathOf("token")}\"\n");
        Assert.Equal(Secret, ConnectionsFileScene.Told(new AccountSettings { ConnectionName = "prod" })["token"]);
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(scene.PathOf(open), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
#pragma warning restore CA1416

        var error = Assert.Throws<LoyaltyException>(() => SnowflakeConnection.Create(new AccountSettings { ConnectionName = "prod" }));

        Assert.Equal((LoyaltyErrors.SnowflakeConnectionInvalid, scene.PathOf(open)), (error.Definition, error.Target));
        Assert.Contains("chmod 600", error.Remedy, StringComparison.Ordinal);
    }
}
